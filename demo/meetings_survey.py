"""Surveys of those present at the demo city's sessions, with guests of the hall: one that was, and
one that is played."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from demo import city
from meetings.guests import actions as guests
from meetings.models import Guest, GuestAnswer, Item, Meeting, Prepared, QuickPoll
from meetings.quickpolls import actions as quickpolls_actions
from votes.ballots import actions as ballots_actions
from votes.life import actions as life_actions
from votes.models import OpenBallot, Poll, Result


def past_survey(
    item: Item,
    said: Mapping[str, Any],
    *,
    by: User,
    people: Mapping[str, User],
    span: tuple[datetime, datetime],
) -> QuickPoll:
    """A survey that was held from the first moment of ``span`` to the second: asked by votes/,
    moved there and counted. What guests chose is nobody's: the meeting is over."""
    poll = life_actions.open_quickly(
        by=by,
        department=item.meeting.department,
        question=_question(said),
        lasts=timedelta(minutes=5),
        scope=item.meeting.topic,
    )
    question = poll.questions.get()
    options = list(question.options.order_by("place"))
    for key, number in said["answers"].items():
        choices = {str(question.pk): options[number - 1].pk}
        ballots_actions.cast(poll, by=people[key], choices=choices)
    opened_at, closed_at = span
    OpenBallot.objects.filter(poll=poll).update(at=opened_at + (closed_at - opened_at) / 2)
    Poll.objects.filter(pk=poll.pk).update(
        **dict.fromkeys(("opens_at", "scheduled_at", "frozen_at"), opened_at),
        was_to_close_at=opened_at + timedelta(minutes=5),
        closes_at=closed_at,
    )
    life_actions.tell_what_closed([poll.pk])  # it publishes itself
    Poll.objects.filter(pk=poll.pk).update(published_at=closed_at)
    Result.objects.filter(poll=poll).update(at=closed_at)
    quick = QuickPoll.objects.create(
        meeting=item.meeting, item=item, poll=poll, opened_at=opened_at, closed_at=closed_at
    )
    GuestAnswer.objects.bulk_create(
        GuestAnswer(quick=quick, choice=str(option.pk))
        for option, number in zip(options, said["guests"], strict=True)
        for _guest in range(number)
    )
    return quick


def prepare(meeting: Meeting, rows: list[Mapping[str, Any]]) -> None:
    """Surveys and announcements that wait to be used in the meeting."""
    Prepared.objects.bulk_create(
        Prepared(
            meeting=meeting,
            kind="survey" if "options" in row else "announcement",
            text=row["text"],
            options="\n".join(row.get("options", ())),
            how=row.get("how", Prepared.How.ONE),
            results_while_open=row.get("results_while_open", True),
        )
        for row in rows
    )


def ask_those_present(
    meeting: Meeting, row: Mapping[str, Any], *, by: User, wait: Callable[[float], None]
) -> QuickPoll:
    """Ask, let the people of ``row`` answer by the numbers of the options, and close it."""
    quick = quickpolls_actions.open_quick_poll(
        meeting,
        by=by,
        question=_question(row),
        seen_item=meeting.current_item_id,
    )
    question = quick.poll.questions.get()
    options = list(question.options.order_by("place"))
    for key, number in row["answers"].items():
        wait(4)
        voter = User.objects.get(email=city.email_of(key))
        ballots_actions.cast(
            quick.poll, by=voter, choices={str(question.pk): options[number - 1].pk}
        )
    for number, many in enumerate(row.get("guests", ()), 1):
        for _guest in range(many):
            wait(1)
            key = guests.enter(meeting, has_scanned=True)
            choice = str(options[number - 1].pk)
            guest = Guest.objects.select_related("meeting").get(digest=guests.digest_of(key))
            guests.answer(quick, guest=guest, choice=choice)
    wait(6)
    return quickpolls_actions.close_quick_poll(quick, by=by)


def end_survey(meeting: Meeting, *, by: User) -> None:
    """Close one that was broken off."""
    for quick in meeting.quick_polls.filter(closed_at=None):
        quickpolls_actions.close_quick_poll(quick, by=by)


def _question(row: Mapping[str, Any]) -> dict[str, Any]:
    options = [{"text": option} for option in row["options"]]
    return {"text": row["text"], "kind": "single", "options": options}
