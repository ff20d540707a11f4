"""Special votes of the demo's sessions that are over: by videoconference, in a bundle, secretly on
paper, with a conflict of interest; a stopped decision, amendments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.files.base import ContentFile

from accounts.models import User
from city.calendar import work_calendar
from core.domain.calendar import kyiv, local_date
from core.export.document import Document, Paragraph
from core.export.docx import MIME, docx
from meetings.models import (
    BallotReceipt,
    Body,
    BundledItem,
    CommissionMember,
    Conflict,
    Deputy,
    Item,
    LogEntry,
    MeetingDocument,
    PaperBallot,
    ProtocolEntry,
    RollCall,
    Stop,
    VideoGround,
    Vote,
)
from meetings.terms import second_vote_day, stop_day

_Kind = LogEntry.Kind


def allow_videoconference(body: Body, said: Mapping[str, Any], *, by: User) -> None:
    """The act by which members of the body may take part by videoconference."""
    on: date = said["date"]
    VideoGround.objects.create(
        body=body, number=said["number"], date=on, since=kyiv(on, time(12)), by=by
    )


def declare(
    item: Item, said: Mapping[str, Any], deputies: Sequence[Deputy], *, by: User, at: datetime
) -> Deputy | None:
    """Declare conflicts of interest in the item, as the roll-call of meetings.toml has them; None:
    nobody.
    """
    if "conflict" not in said:
        return None
    number: int = said["conflict"]["deputy"]
    deputy = deputies[number - 1]
    words = said["conflict"]["words"]
    Conflict.objects.create(item=item, deputy=deputy, words=words, at=at, by=by, by_deputy=False)
    return deputy


def stop(said: Mapping[str, Any], roll_call: RollCall, *, by: User, at: datetime) -> Stop:
    """The head of the city stops what the roll-call decided."""
    calendar, on, decided_at = work_calendar(), local_date(at), roll_call.closed_at
    assert decided_at is not None  # noqa: S101 - of a session that is over
    return Stop.objects.create(
        roll_call=roll_call,
        on=on,
        head=said["head"],
        remarks=said["remarks"],
        stop_due_on=stop_day(local_date(decided_at), calendar),
        vote_due_on=second_vote_day(on, calendar),
        at=at,
        by=by,
    )


def bundle(first: RollCall, title: str, *, at: datetime) -> Item:
    """An item that was decided by the roll-call of another one, with the same votes."""
    meeting = first.item.meeting
    item = Item.objects.create(
        meeting=meeting,
        order=meeting.items.count() + 1,
        title=title,
        state=Item.State.DONE,
        opened_at=first.opened_at,
        closed_at=at,
    )
    own = RollCall.objects.create(
        item=item,
        question=first.question,
        needs=first.needs,
        membership=first.membership,
        counts_head=first.counts_head,
        present_at_opening=first.present_at_opening,
        opened_at=first.opened_at,
    )
    votes = list(first.votes.all())
    for vote in votes:
        vote.pk, vote.roll_call = None, own
    Vote.objects.bulk_create(votes)
    own.closed_at, own.present = first.closed_at, first.present
    own.save()
    own.published_at = at + timedelta(seconds=30)
    own.save()
    BundledItem.objects.create(roll_call=first, item=item, own=own)
    item.decided_by, item.decision_confirmed_at = own, own.published_at
    item.save(update_fields=["decided_by", "decision_confirmed_at"])
    return item


def vote_on_paper(
    item: Item, said: Mapping[str, Any], here: Sequence[Deputy], *, total: int, at: datetime
) -> PaperBallot:
    """A secret election: ballots for all who are here, two equal entries of the protocol, its
    scan. It takes a quarter of an hour."""
    ballot = PaperBallot.objects.create(
        item=item,
        matter=said["matter"],
        kind=PaperBallot.Kind.ELECTION,
        question=said["question"],
        options=said["options"],
        membership=total,
        counts_head=True,
        opened_at=at,
    )
    commission = CommissionMember.objects.bulk_create(
        CommissionMember(ballot=ballot, deputy=here[number]) for number in said["commission"]
    )
    BallotReceipt.objects.bulk_create(BallotReceipt(ballot=ballot, deputy=each) for each in here)
    ballot.sealed_at = at + timedelta(minutes=10)
    ballot.save()
    valid, spoiled = sum(said["votes"]), said["spoiled"]
    entries = ProtocolEntry.objects.bulk_create(
        ProtocolEntry(
            ballot=ballot,
            member=member,
            issued=len(here),
            in_box=valid + spoiled,
            not_returned=len(here) - valid - spoiled,
            valid=valid,
            spoiled=spoiled,
            votes=said["votes"],
            at=at + timedelta(minutes=13, seconds=20 * place),
        )
        for place, member in enumerate(commission[:2])
    )
    ballot.counted_at, ballot.protocol = entries[1].at, entries[0]
    ballot.save()
    ballot.scan = _protocol(item, said["scan"])
    ballot.published_at = at + timedelta(minutes=15)
    ballot.save()
    return ballot


def moments_of(ballot: PaperBallot) -> Iterator[tuple[LogEntry.Kind, datetime]]:
    """Log entries of it, in the order of time."""
    for kind, at in (
        (_Kind.BALLOT, ballot.opened_at),
        (_Kind.BALLOT_SEALED, ballot.sealed_at),
        (_Kind.BALLOT_COUNTED, ballot.counted_at),
        (_Kind.BALLOT_PUBLISHED, ballot.published_at),
    ):
        assert at is not None  # noqa: S101 - of a ballot that was published
        yield kind, at


def _protocol(item: Item, words: str) -> MeetingDocument:
    """The protocol of the commission, as a file of the item."""
    title = "Протокол лічильної комісії"
    lines = words.strip().split("\n")
    content = docx(Document(title, [Paragraph(line) for line in lines]))
    made = MeetingDocument(
        meeting=item.meeting,
        item=item,
        title=title,
        media_type=MIME,
        size=len(content),
        at=item.opened_at or item.meeting.begins_at,
    )
    made.file.save(f"protocol-{item.pk}.docx", ContentFile(content), save=False)
    made.save()
    return made
