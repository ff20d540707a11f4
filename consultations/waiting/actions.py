"""Actions on waiting remarks: sent, taken back, joined.

The only module that writes WaitingRemark. A row is a promise to publish; it becomes a Comment and a
Remark, or is deleted, and is never shown to anybody but its author.
"""

from __future__ import annotations

from functools import partial
from typing import Any, cast

from accounts.models import User
from accounts.rules import sign_with_name
from consultations.events import RemarkJoined, WaitingRemarkSent, WaitingRemarkTakenBack
from consultations.evidence.spoken import describe_in
from consultations.models import Consultation, Remark, WaitingRemark
from consultations.remarks.actions import describe_place, remark, require_open
from consultations.remarks.counts import count
from consultations.remarks.participation import eligibility_in
from consultations.reports.names import check_declared, declare
from consultations.waiting import rules
from core.domain.actions import action, locked, shared
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import Refused, require
from discussions import later
from discussions.actions import check_interest, check_words
from organisations.mandates import queries
from organisations.models import MandatePower


def send(
    consultation: Consultation, *, by: User, organisation_id: int | None, **said: Any
) -> Remark | WaitingRemark:
    """Say something of the draft as ``actions.remark`` does, in the name of an organisation also
    before it is confirmed: then the remark waits, and counts from now.

    Whether it is confirmed is read under the organisation's lock. Refuses as ``actions.remark``
    does, by accounts.rules.sign_with_name and rules.keep. Emits WaitingRemarkSent where it waits.
    """
    if organisation_id is None:
        return remark(consultation, by=by, **said)
    with action():
        author = locked(by)  # one person's remarks are counted one after another
        fresh = require_open(consultation, by, partial(eligibility_in, speaks_for=organisation_id))
        mandate = queries.hold(by, organisation_id, MandatePower.COMMENT, may_wait=True)
        if mandate.organisation.confirmed_at is not None:
            return remark(consultation, by=by, organisation_id=organisation_id, **said)
        require(sign_with_name(author))
        require(rules.keep(waiting=WaitingRemark.objects.of(author).count()))
        place = describe_place(
            fresh,
            kind=said.get("kind", Remark.Kind.REMARK),
            clause_id=said.get("clause_id"),
            quote=said.get("quote"),
            proposal=said.get("proposal", ""),
        )
        is_wording = place["kind"] == Remark.Kind.WORDING
        text, proposal = check_words(said["text"], said.get("proposal", "") if is_wording else "")
        no_patronymic = said.get("no_patronymic", False)
        declared = check_declared(
            fresh,
            full_name=said.get("full_name", ""),
            contact=said.get("contact", ""),
            no_patronymic=no_patronymic,
        )
        waiting = WaitingRemark.objects.create(
            pk=later.reserve_number(),
            consultation_id=fresh.pk,
            organisation=mandate.organisation,
            author=author,
            sent_at=cast(Any, fresh).read_at,
            text=text,
            proposal=proposal,
            interest=check_interest(said.get("interest", "")),
            no_patronymic=no_patronymic,
            **declared,
            **place,
        )
        created(waiting)
        emit(WaitingRemarkSent(waiting.pk, fresh.pk, by.pk))
        return waiting


def take_back(waiting: WaitingRemark, *, by: User) -> None:
    """Delete a remark that nobody has seen. Refuses by rules.take_back. Raises DoesNotExist where
    it has joined meanwhile. Emits WaitingRemarkTakenBack."""
    with action():
        waiting = locked(waiting)
        require(rules.take_back(by, waiting))
        waiting.delete()
        emit(WaitingRemarkTakenBack(waiting.pk, waiting.consultation_id, by.pk))


def send_as_oneself(waiting: WaitingRemark, *, by: User) -> Remark:
    """Publish it in its author's own name, at this moment, instead of letting it wait.

    Its number and date are those of now. Refuses by rules.send_as_oneself. Raises DoesNotExist
    where it has joined meanwhile. Emits what ``actions.remark`` emits.
    """
    with action():
        consultation = waiting.consultation
        fresh, now = shared(consultation)
        waiting = locked(waiting)
        eligibility = eligibility_in(by, consultation.procedure)
        fresh.procedure = consultation.procedure
        require(rules.send_as_oneself(by, waiting, fresh, now=now, eligibility=eligibility))
        made = remark(consultation, by=by, **_as_arguments(waiting))
        waiting.delete()
        return made


def join_confirmed(organisation_id: int | None = None) -> int:
    """Publish what waits for ``organisation_id`` (None: for any), where that is confirmed now.

    An action for each, so that one that may not join keeps no other back. Run twice it does the
    same. Returns how many joined.
    """
    ready = WaitingRemark.objects.ready().order_by("pk")
    if organisation_id is not None:
        ready = ready.filter(organisation=organisation_id)
    return sum(_join(waiting) for waiting in ready.select_related("consultation"))


def is_awaited(organisation_id: int) -> bool:
    """Whether anything waits for the organisation."""
    return WaitingRemark.objects.filter(organisation=organisation_id).exists()


def change_author(gone_id: int, kept_id: int) -> None:
    """Two accounts of one person become one: part of the action that joins them."""
    WaitingRemark.objects.filter(author=gone_id).update(author=kept_id)


def change_claim(gone_id: int, kept_id: int, *, author_id: int) -> None:
    """Two claims to one code become one: part of the action that joins the accounts of
    ``author_id``, who had registered both. Others stand in no mandate of the one that is left.
    If that is confirmed already, join_confirmed publishes what waits."""
    sent = WaitingRemark.objects.filter(organisation=gone_id, author=author_id)
    sent.update(organisation=kept_id)


def _join(waiting: WaitingRemark) -> bool:
    """Publish one, with the number and the date of its sending. Emits CommentPosted, RemarkJoined.

    Locks in the order of all apps: consultation, waiting remark, organisation.
    """
    try:
        with action():
            consultation, now = shared(waiting.consultation)
            waiting = locked(waiting)
            author = waiting.author
            organisation, _at = shared(waiting.organisation)
            require(rules.join(consultation, organisation, author, now=now))
            is_held = consultation.is_premoderated_at(now)
            made = Remark(consultation=consultation, joined_at=now, **waiting.about)
            comment = later.publish(
                consultation.thread_id,
                number=waiting.pk,
                sent_at=waiting.sent_at,
                by=author,
                organisation=organisation,
                text=waiting.text,
                proposal=waiting.proposal,
                interest=waiting.interest,
                is_held=is_held,
                describe=describe_in(consultation, made, full_name=waiting.full_name),
            )
            made.comment = comment
            made.save(force_insert=True)
            declare(made, full_name=waiting.full_name, contact=waiting.contact)
            if not is_held:
                count(consultation.pk, waiting.clause_key, +1)
            waiting.delete()
            emit(RemarkJoined(comment.pk, consultation.pk, author.pk, organisation.pk))
    except (Refused, WaitingRemark.DoesNotExist):
        return False  # it may join later, or has been taken back
    return True


def _as_arguments(waiting: WaitingRemark) -> dict[str, Any]:
    """The arguments of ``actions.remark`` that say the same in one's own name."""
    return {
        "text": waiting.text,
        "proposal": waiting.proposal,
        "interest": waiting.interest,
        "full_name": waiting.full_name,
        "contact": waiting.contact,
        "no_patronymic": waiting.no_patronymic,
        "kind": waiting.kind,
        "clause_id": waiting.clause_id,
        "quote": waiting.selector,
    }
