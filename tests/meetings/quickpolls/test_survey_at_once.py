"""Surveys of those present, at once on connections of their own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.domain.actions import action, locked
from core.domain.rules import Refused
from meetings.models import LogEntry, QuickPoll, State
from meetings.quickpolls import actions as quickpolls_actions
from tests.attack.test_deadlocks import meanwhile
from tests.meetings import factories
from votes.life import actions as life_actions

pytestmark = pytest.mark.django_db(transaction=True)
_CLOSED = LogEntry.Kind.POLL_CLOSED


def test_of_two_secretaries_one_asks():
    meeting = factories.meeting(State.RUNNING, kind="hearing")
    other = factories.secretary("other")
    said: list[str] = []

    def ask_too() -> None:
        with pytest.raises(Refused) as refused:
            factories.quick_poll(meeting, "Ще одне?", by=other)
        said.append(refused.value.verdict.code)

    with meanwhile(ask_too) as begin, action():
        locked(meeting)
        begin()
        factories.quick_poll(meeting)
    assert said == ["quickpoll.open"]
    assert QuickPoll.objects.get().poll.title == "Оголосити перерву?"


def test_who_closes_it_and_who_finds_its_end_do_not_wait_for_each_other(clock):
    """The one holds the meeting and wants the poll, the other holds the poll: no deadlock, one
    line of the log."""
    meeting = factories.meeting(State.RUNNING, kind="hearing")
    quick = factories.quick_poll(meeting, lasts=timedelta(minutes=1))
    by = factories.secretary()
    said: list[str] = []

    def close() -> None:
        try:
            quickpolls_actions.close_quick_poll(quick, by=by)
        except Refused as refused:
            said.append(refused.verdict.code)

    clock.advance(minutes=2)
    with meanwhile(close) as begin, action():
        locked(quick.poll)
        begin()
        life_actions.tell_what_closed([quick.poll_id])
    assert said == ["poll.closed"]
    quick.refresh_from_db()
    assert quick.closed_at
    assert meeting.log.filter(kind=_CLOSED).count() == 1
