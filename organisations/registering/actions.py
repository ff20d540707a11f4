"""Actions that register, describe and close an organisation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rules import sign_with_name
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import reject, require
from organisations import rules
from organisations.events import (
    AmendmentAsked,
    OrganisationChanged,
    OrganisationClosed,
    OrganisationRegistered,
)
from organisations.mandates.actions import give, unrevoked_mandate
from organisations.models import Amendment, MandatePower, Organisation

#: What is checked with the code, so that nobody is confirmed under one name and speaks by another.
CHECKED = ("name", "short_name", "location")
#: What an organisation says of itself and may change at any time.
FREE = ("sector", "size", "contact")


def register(
    *, by: User, kind: str, code: str = "", code_key: str = "", fields: Mapping[str, Any]
) -> Organisation:
    """Say that an organisation is one's own, and be its head when that is confirmed.

    ``code`` is a clean ЄДРПОУ (codes.clean_edrpou), ``code_key`` the keyed hash of the РНОКПП of a
    sole proprietor (accounts.identity.keys.person_key); ``fields`` are those of CHECKED and FREE.
    Refuses by accounts.rules.sign_with_name, rules.register and
    ``organisation.registered_already``. Emits OrganisationRegistered, MandateGranted.
    """
    with action():
        require(sign_with_name(by))
        organisation = _create_organisation(
            by=by, kind=kind, code=code, code_key=code_key, fields=fields
        )
        emit(OrganisationRegistered(organisation.pk, by.pk))
        give(
            organisation,
            by=by,
            user=by,
            scopes=[MandatePower.ALL],
            is_head=True,
            ends_at=None,
            now=organisation.registered_at,
        )
        created(organisation)
        return organisation


def enter(
    *, by: User, kind: str, code: str, code_key: str = "", fields: Mapping[str, Any]
) -> Organisation:
    """Put an organisation of a list into the office's queue, for another officer to check.

    Nobody is its head: once it is confirmed, an officer invites one. Refuses by rules.work_at_desk,
    rules.register and ``organisation.registered_already``. Emits OrganisationRegistered.
    """
    with action():
        require(rules.work_at_desk(by))
        organisation = _create_organisation(
            by=by, kind=kind, code=code, code_key=code_key, fields=fields
        )
        emit(OrganisationRegistered(organisation.pk, by.pk))
        return organisation


def describe(organisation: Organisation, *, by: User, fields: Mapping[str, Any]) -> Organisation:
    """Change what the organisation says of itself: FREE always, CHECKED until it is confirmed.

    One that the office refused waits for it again; a letter for what stood here before ends, or its
    code would confirm another name. Refuses by rules.run and ``organisation.checked_field``. Emits
    OrganisationChanged, unless nothing changed.
    """
    with action():
        organisation = locked(organisation)
        now = clock.now()
        require(rules.run(by, organisation, unrevoked_mandate(organisation, by), now=now))
        changed = [name for name in fields if fields[name] != getattr(organisation, name)]
        if organisation.confirmed_at is not None and set(changed) - set(FREE):
            reject(
                "organisation.checked_field",
                _("The name and the location of a confirmed organisation are checked first."),
            )
        again = organisation.refused_at is not None
        if not changed and not again:
            return organisation
        for name in changed:
            setattr(organisation, name, fields[name])
        if set(changed) & set(CHECKED):
            organisation.letters.filter(ended_at=None).update(ended_at=now)
        if again:
            organisation.refused_at = organisation.refused_by = None
            organisation.refused_reason, organisation.waits_since = "", now
            changed += ["refused_at", "refused_by", "refused_reason", "waits_since"]
        organisation.save(update_fields=changed)
        emit(OrganisationChanged(organisation.pk, by.pk))
        return organisation


def amend(organisation: Organisation, *, by: User, fields: Mapping[str, str]) -> Amendment:
    """Ask that a confirmed organisation be called or found otherwise; the office checks it.

    ``fields`` are those of CHECKED. What was asked before and not decided gives way. Refuses by
    rules.run, ``organisation.not_confirmed``, ``organisation.nothing_changed``. Emits
    AmendmentAsked.
    """
    with action():
        organisation = locked(organisation)
        now = clock.now()
        require(rules.run(by, organisation, unrevoked_mandate(organisation, by), now=now))
        if organisation.confirmed_at is None:
            require(rules.NOT_CONFIRMED)
        if all(fields[name] == getattr(organisation, name) for name in CHECKED):
            reject("organisation.nothing_changed", _("This is what stands here already."))
        organisation.amendments.filter(decided_at=None).delete()
        amendment = Amendment.objects.create(
            organisation=organisation,
            asked_by=by,
            asked_at=now,
            **{name: fields[name] for name in CHECKED},
        )
        created(amendment)
        emit(AmendmentAsked(organisation.pk, by.pk, amendment.pk))
        return amendment


def close(organisation: Organisation, *, by: User) -> Organisation:
    """End an organisation here: nobody may act for it any more; what it said stays.

    Its code may be registered anew. Refuses by rules.close. Emits OrganisationClosed.
    """
    with action():
        organisation = locked(organisation)
        now = clock.now()
        require(rules.close(by, organisation, unrevoked_mandate(organisation, by), now=now))
        organisation.closed_at, organisation.closed_by = now, by
        organisation.save(update_fields=["closed_at", "closed_by"])
        emit(OrganisationClosed(organisation.pk, by.pk))
        return organisation


def _create_organisation(
    *, by: User, kind: str, code: str, code_key: str, fields: Mapping[str, Any]
) -> Organisation:
    claims = Organisation.objects.filter(code=code, code_key=code_key)
    require(rules.register(by, is_known=claims.confirmed().exists()))
    now = clock.now()
    try:
        with transaction.atomic():
            return Organisation.objects.create(
                kind=kind,
                code=code,
                code_key=code_key,
                registered_by=by,
                registered_at=now,
                waits_since=now,
                **{name: fields[name] for name in (*CHECKED, *FREE)},
            )
    except IntegrityError:
        reject(
            "organisation.registered_already", _("You have registered this organisation already.")
        )
