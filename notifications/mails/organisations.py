"""Mails about organisations: to their heads, to those who act for them, to those who are asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accounts.models import User
from consultations.models import State, WaitingRemark
from core.domain import clock, outbox
from core.domain.events import within
from notifications.mails.contents import Context, mail
from notifications.sending.mail import defer
from organisations.events import (
    AmendmentDecided,
    ContactReplaced,
    InvitationSent,
    MandateChanged,
    MandateGranted,
    MandateRevoked,
    OrganisationClosed,
    OrganisationConfirmed,
    OrganisationOvertaken,
    OrganisationRefused,
)
from organisations.mandates.models import MandateQuerySet
from organisations.models import Amendment, Mandate, Organisation


@within(OrganisationConfirmed)
def confirmed(event: OrganisationConfirmed) -> None:
    """Tell its heads that they may speak for it."""
    for user_id in _heads(event.organisation_id):
        _tell("confirmed", user_id, event.organisation_id)


@within(OrganisationRefused)
def refused(event: OrganisationRefused) -> None:
    """Tell who registered it why; they are told again when it is corrected and refused again."""
    row = Organisation.objects.get(pk=event.organisation_id)
    at = row.refused_at.timestamp() if row.refused_at else 0
    defer(
        "organisations/refused",
        user_id=row.registered_by_id,
        about=f"organisation:{row.pk}:{at:.0f}",
        organisation_id=row.pk,
    )


@within(OrganisationOvertaken)
def overtaken(event: OrganisationOvertaken) -> None:
    """Tell whoever claimed the code that another claim was confirmed."""
    row = Organisation.objects.get(pk=event.organisation_id)
    _tell("overtaken", row.registered_by_id, row.pk)


@within(AmendmentDecided)
def amendment_decided(event: AmendmentDecided) -> None:
    """Tell whoever asked for another name or location."""
    defer(
        "organisations/amended",
        user_id=Amendment.objects.values_list("asked_by", flat=True).get(pk=event.amendment_id),
        about=f"amendment:{event.amendment_id}",
        amendment_id=event.amendment_id,
    )


@within(ContactReplaced)
def contact_replaced(event: ContactReplaced) -> None:
    """Tell its heads by what it is reached now, so that they enter what suits them."""
    at = clock.now().timestamp()
    for user_id in _heads(event.organisation_id):
        defer(
            "organisations/contact",
            user_id=user_id,
            about=f"organisation:{event.organisation_id}:{at:.0f}",
            organisation_id=event.organisation_id,
        )


@within(MandateGranted)
def granted(event: MandateGranted) -> None:
    """Tell the other heads that somebody acts for the organisation now."""
    for user_id in _heads(event.organisation_id, but=event.user_id):
        defer(
            "organisations/granted",
            user_id=user_id,
            about=f"mandate:{event.mandate_id}",
            mandate_id=event.mandate_id,
        )


@within(MandateChanged, MandateRevoked)
def taken(event: MandateChanged | MandateRevoked) -> None:
    """Tell the person that it ended or is another now; who leaves knows."""
    if event.user_id == event.by_id:
        return
    kind = "changed" if isinstance(event, MandateChanged) else "revoked"
    defer(
        f"organisations/{kind}",
        user_id=event.user_id,
        about=f"mandate:{event.mandate_id}",
        mandate_id=event.mandate_id,
    )


@within(InvitationSent)
def invited(event: InvitationSent) -> None:
    outbox.defer("notifications.jobs.send_invitation", invitation_id=event.invitation_id)


@within(OrganisationClosed)
def closed(event: OrganisationClosed) -> None:
    """Tell those whose remarks waited for it that somebody else closed it."""
    authors = WaitingRemark.objects.filter(organisation=event.organisation_id)
    for user_id in set(authors.exclude(author=event.by_id).values_list("author", flat=True)):
        _tell("closed", user_id, event.organisation_id)


@dataclass(frozen=True, slots=True)
class ShownWaiting:
    """A remark that waits for its organisation, as a mail names it."""

    remark: WaitingRemark
    #: Its author may still publish it in their own name.
    is_open: bool


@mail("organisations/refused")
def _refused(user: User, *, organisation_id: int) -> Context:
    """Nothing when it was corrected or closed meanwhile."""
    return _with_waiting_remarks(
        user, organisation_id=organisation_id, refused_at__isnull=False, closed_at=None
    )


@mail("organisations/closed")
def _closed(user: User, *, organisation_id: int) -> Context:
    return _with_waiting_remarks(user, organisation_id=organisation_id, closed_at__isnull=False)


@mail("organisations/overtaken")
def _with_waiting_remarks(user: User, *, organisation_id: int, **holds: Any) -> Context:
    """With the remarks that waited for it."""
    context = _organisation(user, organisation_id=organisation_id, **holds)
    if context is None:
        return None
    sent = WaitingRemark.objects.of(user).filter(organisation=organisation_id)
    now = clock.now()
    waiting = [
        ShownWaiting(each, each.consultation.state_at(now) == State.OPEN)
        for each in sent.select_related("consultation").order_by("pk")
    ]
    return {**context, "waiting": waiting}


@mail("organisations/confirmed")
def _confirmed(user: User, *, organisation_id: int) -> Context:
    """Nothing when it was closed meanwhile."""
    holds = {"confirmed_at__isnull": False, "closed_at": None}
    return _organisation(user, organisation_id=organisation_id, **holds)


@mail("organisations/contact")
def _organisation(user: User, *, organisation_id: int, **holds: Any) -> Context:
    """The organisation, if what is told still holds of it."""
    row = Organisation.objects.filter(pk=organisation_id, **holds).first()
    return None if row is None or not row.short_name else {"organisation": row}


@mail("organisations/amended")
def _amended(user: User, *, amendment_id: int) -> Context:
    row = Amendment.objects.select_related("organisation").filter(pk=amendment_id).first()
    return None if row is None else {"amendment": row, "organisation": row.organisation}


@mail("organisations/granted")
@mail("organisations/changed")
def _granted(user: User, *, mandate_id: int) -> Context:
    """Nothing when it has ended meanwhile, or the organisation was closed."""
    current = Mandate.objects.current().filter(organisation__closed_at=None)
    return _mandate(current, mandate_id)


@mail("organisations/revoked")
def _revoked(user: User, *, mandate_id: int) -> Context:
    """Nothing to who may speak for it by a newer one."""
    context = _mandate(Mandate.objects.filter(revoked_at__isnull=False), mandate_id)
    if context is None:
        return None
    newer = Mandate.objects.current().filter(user=user, organisation=context["organisation"])
    return None if newer.exists() else context


def _mandate(mandates: MandateQuerySet, mandate_id: int) -> Context:
    row = mandates.select_related("organisation", "user").filter(pk=mandate_id).first()
    return None if row is None else {"mandate": row, "organisation": row.organisation}


def _tell(template: str, user_id: int, organisation_id: int) -> None:
    defer(
        f"organisations/{template}",
        user_id=user_id,
        about=f"organisation:{organisation_id}",
        organisation_id=organisation_id,
    )


def _heads(organisation_id: int, *, but: int | None = None) -> list[int]:
    heads = Mandate.objects.current().filter(organisation_id=organisation_id, is_head=True)
    ids = heads.values_list("user_id", flat=True)
    return [user_id for user_id in ids if user_id != but]
