"""Stopped decisions: entered, and put to the second vote (280/97-ВР art. 59(4))."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, BinaryIO

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from city.calendar import work_calendar
from core.domain.actions import action, locked
from core.domain.calendar import local_date
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from meetings.actions import begin, enter
from meetings.documents import actions as documents
from meetings.events import DecisionStopped, SecondVoteOpened
from meetings.models import LogEntry, Meeting, RollCall, Stop
from meetings.rollcalls import actions
from meetings.rollcalls.majority import result_of
from meetings.stopped import rules
from meetings.stopped.queries import has_second_vote
from meetings.terms import second_vote_day, stop_day

if TYPE_CHECKING:
    from accounts.models import User


def stop(
    roll_call: RollCall,
    *,
    by: User,
    on: date,
    head: str,
    remarks: str,
    file: BinaryIO | None = None,
) -> Stop:
    """Enter that the head of the city has stopped what the roll-call decided, with the document.

    Refuses by rules.stop, and with a file by documents.rules.add and uploads.accept. Emits
    DecisionStopped.
    """
    with action():
        meeting, now = begin(roll_call.item.meeting)
        roll_call = locked(roll_call)
        calendar = work_calendar()
        closed_at = roll_call.closed_at
        decided_on = local_date(closed_at) if closed_at else None
        last_day = stop_day(decided_on, calendar) if decided_on else None
        choices = list(roll_call.votes.values_list("choice", flat=True))
        require(
            rules.stop(
                by,
                meeting,
                roll_call,
                head=head,
                remarks=remarks,
                on=on,
                decided_on=decided_on,
                last_day=last_day,
                today=local_date(now),
                is_carried=closed_at is not None and result_of(roll_call, choices).is_carried,
                is_stopped=Stop.objects.filter(roll_call=roll_call).exists(),
                is_second_vote=Stop.objects.filter(second_vote=roll_call).exists(),
            )
        )
        assert last_day is not None  # noqa: S101 - by the rule
        made = Stop.objects.create(
            roll_call=roll_call,
            on=on,
            head=head.strip(),
            remarks=remarks.strip(),
            stop_due_on=last_day,
            vote_due_on=second_vote_day(on, calendar),
            at=now,
            by=by,
        )
        if file is not None:
            with override("uk"):
                title = _("Order of the head that stops the decision, with remarks")
            item = roll_call.item
            made.document = documents.add(meeting, by=by, title=title, file=file, item=item)
            made.save(update_fields=["document"])
        created(made)
        kind = LogEntry.Kind.STOPPED
        enter(meeting, kind, at=now, item=roll_call.item, roll_call=roll_call)
        emit(DecisionStopped(meeting.pk, by.pk, roll_call.pk, made.pk))
        return made


def vote_again(stopped: Stop, meeting: Meeting, *, by: User) -> RollCall:
    """Open the council's second vote on the current item of a session; it takes two thirds of the
    total. One that was annulled is repeated by it, on the same item. Refuses by rules.vote_again
    and rules.rollcalls.open_roll_call. Emits RollCallOpened and SecondVoteOpened."""
    with action():
        meeting, _now = begin(meeting)
        stopped = locked(stopped)
        is_same = stopped.roll_call.item.meeting.body_id == meeting.body_id
        is_voted, former = has_second_vote(stopped), stopped.second_vote
        require(rules.vote_again(by, meeting, is_same_body=is_same, is_voted=is_voted))
        is_here = former is not None and former.item_id == meeting.current_item_id
        with override("uk"):
            question = question_of(stopped)
        made = actions.open_roll_call(
            meeting,
            by=by,
            question=question,
            needs=RollCall.Needs.TWO_THIRDS,
            seen_item=meeting.current_item_id,
            repeats=former if is_here else None,
        )
        stopped.second_vote = made
        stopped.save(update_fields=["second_vote"])
        emit(SecondVoteOpened(meeting.pk, by.pk, made.pk, stopped.pk))
        return made


def question_of(stopped: Stop) -> str:
    """The question of the second vote, in words."""
    facts = {
        "question": f"{stopped.roll_call.item.title}. {stopped.roll_call.question}"[:700],
        "on": date_format(stopped.on, "j E Y"),
        "head": stopped.head,
    }
    words = _(
        "Reject the remarks of the head of the city (%(head)s, %(on)s) and confirm the decision: "
        "%(question)s"
    )
    return (words % facts)[:1000]
