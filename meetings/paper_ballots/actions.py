"""Secret ballots on paper: opening, giving out, counting, publishing (280/97-ВР art. 59(3))."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import override

from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.rules import require
from core.web.idempotency import created
from meetings.actions import begin, enter
from meetings.conflicts.queries import has_conflict
from meetings.documents import actions as documents
from meetings.models import (
    BallotReceipt,
    CommissionMember,
    Deputy,
    LogEntry,
    Meeting,
    PaperBallot,
    ProtocolEntry,
    RollCall,
)
from meetings.paper_ballots import events, queries, rules
from meetings.paper_ballots.arithmetic import NAMES, Figures
from meetings.presence.queries import attendance_of
from meetings.queries import is_member as is_in_body
from meetings.queries import members_of
from meetings.rollcalls import rules_heads

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User

_Kind = LogEntry.Kind


def open_ballot(
    meeting: Meeting,
    *,
    by: User,
    matter: str,
    kind: str,
    question: str,
    options: Sequence[str],
    commission: Sequence[Deputy],
    seen_item: int | None,
    repeats: PaperBallot | None = None,
) -> PaperBallot:
    """Begin a secret vote on the current item, with the commission that the meeting has chosen.

    A decision is always for or against, whatever ``options`` say. Refuses by rules.open_ballot and
    rules.ask. Emits PaperBallotOpened.
    """
    with action():
        meeting, now = begin(meeting)
        item = meeting.current_item
        on_item = PaperBallot.objects.filter(item=item, sealed_at=None, cancelled_at=None)
        roll_calls = RollCall.objects.filter(item__meeting=meeting, closed_at=None)
        require(
            rules.open_ballot(
                by,
                meeting,
                seen_item=seen_item,
                is_open=item is not None and on_item.exists(),
                calls_roll=roll_calls.exists(),
            )
        )
        assert item is not None and meeting.body is not None  # noqa: S101 - by the rule
        if kind == PaperBallot.Kind.DECISION:
            options = (PaperBallot.FOR, PaperBallot.AGAINST)
        require(
            rules.ask(
                matter=matter,
                kind=kind,
                question=question,
                options=options,
                commission=[deputy.pk for deputy in commission],
                members=set(members_of(meeting).values_list("pk", flat=True)),
                repeats=repeats,
            )
        )
        here = attendance_of(meeting)
        ballot = PaperBallot.objects.create(
            item=item,
            matter=matter,
            kind=kind,
            question=question.strip(),
            options=list(options),
            repeats=repeats,
            membership=here.total,
            counts_head=here.total > meeting.body.membership,
            opened_at=now,
        )
        chosen = (CommissionMember(ballot=ballot, deputy=deputy) for deputy in commission)
        CommissionMember.objects.bulk_create(chosen)
        created(ballot)
        _log(meeting, _Kind.BALLOT, ballot, now)
        emit(events.PaperBallotOpened(meeting.pk, by.pk, ballot.pk))
        return ballot


def mark(ballot: PaperBallot, deputy: Deputy, *, by: User) -> None:
    """Mark that a member received a ballot. Refuses by rules.mark and rules.heads.counted. Emits
    BallotIssued; a second mark changes nothing."""
    with action():
        ballot, meeting, _now = _begin(ballot)
        here = attendance_of(meeting)
        is_member = queries.voters_in(ballot, meeting).filter(pk=deputy.pk).exists()
        require(
            rules_heads.check_counted(is_left_out=not is_member and is_in_body(meeting, deputy))
        )
        require(
            rules.mark(
                by,
                meeting,
                ballot,
                is_commission=_is_commission(ballot, by),
                is_here=deputy.pk in here,
                is_in_hall=here.is_in_hall(deputy.pk),
                is_member=is_member,
                has_conflict=has_conflict(ballot.item_id, deputy),
            )
        )
        _row, is_new = BallotReceipt.objects.get_or_create(ballot=ballot, deputy=deputy)
        if is_new:
            emit(events.BallotIssued(meeting.pk, by.pk, ballot.pk, deputy.pk))


def unmark(ballot: PaperBallot, deputy: Deputy, *, by: User) -> None:
    """Take a mark back that was a mistake. Refuses by rules.unmark. Emits BallotTakenBack."""
    with action():
        ballot, meeting, _now = _begin(ballot)
        require(rules.unmark(by, meeting, ballot, is_commission=_is_commission(ballot, by)))
        gone, _rows = ballot.receipts.filter(deputy=deputy).delete()
        if gone:
            emit(events.BallotTakenBack(meeting.pk, by.pk, ballot.pk, deputy.pk))


def seal(ballot: PaperBallot, *, by: User) -> PaperBallot:
    """End the voting and open the box: the list of who received a ballot is final. Refuses by
    rules.seal. Emits PaperBallotSealed."""
    with action():
        ballot, meeting, now = _begin(ballot)
        is_commission, receipts = _is_commission(ballot, by), ballot.receipts.count()
        require(rules.seal(by, meeting, ballot, is_commission=is_commission, receipts=receipts))
        ballot.sealed_at = now
        ballot.save(update_fields=["sealed_at"])
        _log(meeting, _Kind.BALLOT_SEALED, ballot, now)
        emit(events.PaperBallotSealed(meeting.pk, by.pk, ballot.pk))
        return ballot


def enter_protocol(ballot: PaperBallot, *, by: User, figures: Figures) -> ProtocolEntry:
    """A member of the commission enters its figures, or corrects what they have entered. When a
    second member enters the same, the ballot is counted. Refuses by rules.enter. Emits
    ProtocolEntered, then PaperBallotCounted."""
    with action():
        ballot, meeting, now = _begin(ballot)
        member = queries.commission_member(ballot, by.pk)
        require(
            rules.enter(
                ballot,
                is_commission=member is not None,
                figures=figures,
                receipts=ballot.receipts.count(),
            )
        )
        assert member is not None  # noqa: S101 - by the rule
        said = {name: getattr(figures, name) for name in NAMES}
        entry, _is_new = ProtocolEntry.objects.update_or_create(
            member=member,
            defaults={**said, "votes": list(figures.votes), "ballot": ballot, "at": now},
        )
        emit(events.ProtocolEntered(meeting.pk, by.pk, ballot.pk, member.deputy_id))
        others = ballot.entries.exclude(pk=entry.pk).order_by("at", "pk")
        same = next((each for each in others if Figures.of(each) == figures), None)
        if same is not None:
            ballot.counted_at, ballot.protocol = now, same
            ballot.save(update_fields=["counted_at", "protocol"])
            _log(meeting, _Kind.BALLOT_COUNTED, ballot, now)
            emit(events.PaperBallotCounted(meeting.pk, by.pk, ballot.pk))
        return entry


def add_scan(ballot: PaperBallot, *, by: User, file: BinaryIO) -> PaperBallot:
    """Add the scan of the signed protocol as a document of the item; another replaces it until the
    result is published, and the former is removed. Refuses by rules.scan, documents.rules.add and
    uploads.accept. Emits PaperBallotScanned."""
    require(rules.scan(by, ballot.item.meeting, ballot))
    with action():
        ballot, meeting, _now = _begin(ballot)
        require(rules.scan(by, meeting, ballot))
        with override("uk"):
            title = _("Protocol of the counting commission")
        former, item = ballot.scan, ballot.item
        ballot.scan = documents.add(meeting, by=by, title=title, file=file, item=item)
        ballot.save(update_fields=["scan"])
        if former is not None:
            with override("uk"):
                reason = _("Replaced by another scan")
            documents.remove(former, by=by, reason=reason)
        emit(events.PaperBallotScanned(meeting.pk, by.pk, ballot.pk))
        return ballot


def publish(ballot: PaperBallot, *, by: User) -> PaperBallot:
    """Publish the result in figures, with the signed protocol. Refuses by rules.publish. Emits
    PaperBallotPublished."""
    with action():
        ballot, meeting, now = _begin(ballot)
        require(rules.publish(by, meeting, ballot))
        ballot.published_at = now
        ballot.save(update_fields=["published_at"])
        _log(meeting, _Kind.BALLOT_PUBLISHED, ballot, now)
        emit(events.PaperBallotPublished(meeting.pk, by.pk, ballot.pk))
        return ballot


def cancel(ballot: PaperBallot, *, by: User, reason: str) -> PaperBallot:
    """Annul it, with a reason that everybody reads; it stays in the log and the minutes. Refuses by
    rules.cancel. Emits PaperBallotCancelled."""
    with action():
        ballot, meeting, now = _begin(ballot)
        require(rules.cancel(by, meeting, ballot, reason=reason))
        ballot.cancelled_at, ballot.cancelled_reason = now, reason.strip()
        ballot.save(update_fields=["cancelled_at", "cancelled_reason"])
        _log(meeting, _Kind.BALLOT_CANCELLED, ballot, now)
        emit(events.PaperBallotCancelled(meeting.pk, by.pk, ballot.pk))
        return ballot


def _begin(ballot: PaperBallot) -> tuple[PaperBallot, Meeting, datetime]:
    """The ballot and its meeting under their locks."""
    meeting, now = begin(ballot.item.meeting)
    return locked(ballot), meeting, now


def _is_commission(ballot: PaperBallot, user: User) -> bool:
    return queries.commission_member(ballot, user.pk) is not None


def _log(meeting: Meeting, kind: LogEntry.Kind, ballot: PaperBallot, at: datetime) -> None:
    enter(meeting, kind, at=at, item=ballot.item, words=ballot.question[:500])
