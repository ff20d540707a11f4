"""Actions that confirm or refuse an organisation, and decide on amendments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User, Verification
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.rules import reject, require
from organisations import rules
from organisations.confirming import rules as desk_rules
from organisations.events import (
    AmendmentDecided,
    OrganisationChanged,
    OrganisationConfirmed,
    OrganisationOvertaken,
    OrganisationRefused,
)
from organisations.mandates.actions import unrevoked_mandate
from organisations.models import Amendment, Organisation


def confirm_by_signature(organisation: Organisation, *, by: User) -> Organisation:
    """Confirm it by one's own qualified signature in force, which holds the organisation's code.

    A legal entity's ЄДРПОУ stands in the signature of its head, and with it the name by which it is
    called from now on: what they typed nobody has looked at (another one is an amendment). A sole
    proprietor's code is their own РНОКПП.

    Refuses by rules.confirm_by_signature and ``organisation.code_taken``. Emits
    OrganisationConfirmed, and OrganisationOvertaken for other claims to the code.
    """
    with action():
        organisation, rivals = locked_claims(organisation)
        now = clock.now()
        mandate = unrevoked_mandate(organisation, by)
        signature = Verification.objects.in_force().filter(user=by).first()
        is_head = mandate is not None and mandate.is_head
        require(rules.confirm_by_signature(by, organisation, signature, is_head=is_head))
        if signature is not None and not organisation.is_sole:
            organisation.name = signature.organisation_name
            organisation.short_name = signature.organisation_name[:160]
        return confirm_organisation(
            organisation, rivals, how=Organisation.How.SIGNATURE, by=by, now=now
        )


def confirm_at_office(
    organisation: Organisation, *, by: User, papers: Iterable[str]
) -> Organisation:
    """Confirm it, having seen papers: kinds of Organisation.Paper, never their numbers.

    Refuses by organisations.confirming.rules.confirm_at_office and ``organisation.code_taken``.
    Emits OrganisationConfirmed, and OrganisationOvertaken for other claims to the code.
    """
    with action():
        organisation, rivals = locked_claims(organisation)
        papers = [paper.value for paper in Organisation.Paper if paper in set(papers)]
        require(desk_rules.confirm_at_office(by, organisation, papers=papers))
        organisation.papers = papers
        return confirm_organisation(
            organisation, rivals, how=Organisation.How.OFFICE, by=by, now=clock.now()
        )


def refuse_at_office(organisation: Organisation, *, by: User, reason: str) -> Organisation:
    """Say that it cannot be confirmed, and why; corrected, it waits again.

    Refuses by organisations.confirming.rules.refuse_at_office. Emits OrganisationRefused.
    """
    with action():
        organisation = locked(organisation)
        require(desk_rules.refuse_at_office(by, organisation, reason=reason))
        organisation.refused_at, organisation.refused_by = clock.now(), by
        organisation.refused_reason = reason.strip()
        organisation.save(update_fields=["refused_at", "refused_by", "refused_reason"])
        emit(OrganisationRefused(organisation.pk, by.pk))
        return organisation


def decide_amendment(
    amendment: Amendment, *, by: User, accept: bool, reason: str = ""
) -> Amendment:
    """Take over another name or location, or turn it down with a reason.

    Refuses by organisations.confirming.rules.decide_amendment. Emits AmendmentDecided, and
    OrganisationChanged when it was taken over.
    """
    with action():
        organisation = locked(Organisation(pk=amendment.organisation_id))
        amendment = locked(amendment)
        require(desk_rules.decide_amendment(by, amendment, accept=accept, reason=reason))
        amendment.decided_at, amendment.decided_by = clock.now(), by
        amendment.is_accepted, amendment.reason = accept, reason.strip()
        amendment.save(update_fields=["decided_at", "decided_by", "is_accepted", "reason"])
        emit(AmendmentDecided(organisation.pk, by.pk, amendment.pk))
        if accept:
            organisation.name, organisation.short_name = amendment.name, amendment.short_name
            organisation.location = amendment.location
            organisation.save(update_fields=["name", "short_name", "location"])
            emit(OrganisationChanged(organisation.pk, by.pk))
        return amendment


def confirm_organisation(
    organisation: Organisation,
    rivals: list[Organisation],
    *,
    how: str,
    by: User,
    now: datetime,
) -> Organisation:
    """Write that it is confirmed, inside an action that holds it and its rivals.

    Refuses ``organisation.code_taken``. Emits OrganisationConfirmed, OrganisationOvertaken.
    """
    organisation.how, organisation.confirmed_at, organisation.confirmed_by = how, now, by
    organisation.refused_at = organisation.refused_by = None
    organisation.refused_reason = ""
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError:
        reject(
            "organisation.code_taken",
            _("Another organisation with this code has been confirmed meanwhile."),
        )
    organisation.letters.filter(ended_at=None).update(ended_at=now)
    emit(OrganisationConfirmed(organisation.pk, by.pk))
    for rival in rivals:
        rival.closed_at, rival.closed_by = now, by
        rival.save(update_fields=["closed_at", "closed_by"])
        emit(OrganisationOvertaken(rival.pk, by.pk, organisation.pk))
    return organisation


def locked_claims(organisation: Organisation) -> tuple[Organisation, list[Organisation]]:
    """The organisation and the other open claims to its code, locked in the order of their keys:
    two officers who confirm two of them wait for each other and do not deadlock."""
    claims = (
        Organisation.objects.select_for_update(no_key=True)
        .filter(code=organisation.code, code_key=organisation.code_key, closed_at=None)
        .order_by("pk")
    )
    found = {claim.pk: claim for claim in claims}
    if organisation.pk not in found:
        organisation = locked(organisation)  # closed meanwhile: its rule says so
    else:
        organisation = found.pop(organisation.pk)
    return organisation, [claim for claim in found.values() if claim.confirmed_at is None]
