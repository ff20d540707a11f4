"""The demo city's council and meetings, and the session that is played."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings

from city.calendar import work_calendar
from core.domain import clock
from core.domain.calendar import local_date
from demo import meetings_play
from demo.management.commands.play_meeting import LONGEST_SECONDS, SPEED
from meetings import queries, terms
from meetings.minutes import manifest
from meetings.models import (
    BundledItem,
    Deputy,
    LogEntry,
    Meeting,
    PaperBallot,
    Question,
    RollCall,
    RollCallAnnulment,
    State,
    Vote,
)
from meetings.paper_ballots.arithmetic import Figures
from meetings.rollcalls import majority

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def results(meeting: Meeting) -> list[bool]:
    rows = queries.roll_calls_of(meeting, published=True)
    return [
        majority.result_of(row, [vote.choice for vote in row.votes.all()]).is_carried
        for row in rows
    ]


def test_one_is_over_and_one_is_to_come():
    states = {meeting.state_at(clock.now()) for meeting in Meeting.objects.all()}
    assert states == {State.CLOSED, State.ANNOUNCED}
    over = Meeting.objects.get(video_url__endswith="session-12")
    assert results(over) == [True, True, False, False, True, True, True]
    votes = [row.votes.count() for row in RollCall.objects.filter(item__meeting=over)]
    assert set(votes) == {Deputy.objects.count()}
    states_of_questions = over.questions.values_list("state", flat=True)
    assert set(states_of_questions) == {"answered", "later"}
    log = list(LogEntry.objects.filter(meeting=over).values_list("at", flat=True))
    assert log == sorted(log)
    assert len(log) > 50
    annulled = RollCallAnnulment.objects.get(roll_call__item__meeting=over)
    assert annulled.repeated_by is not None
    assert BundledItem.objects.filter(own__item__meeting=over).count() == 2
    ballot = PaperBallot.objects.get()
    assert ballot.published_at is not None
    assert Figures.of(ballot.protocol).issued == ballot.receipts.count()
    assert over.quick_polls.get().guest_answers.count() == 15
    assert over.subtitles.count() > 10
    remote = Vote.objects.filter(roll_call__item__meeting=over, video_ground__isnull=False)
    assert remote.exclude(choice="absent").exists()
    assert log[-1] < clock.now()
    due = terms.due_items(
        over,
        items=queries.agenda_of(over),
        roll_calls=queries.roll_calls_of(over, published=False),
        calendar=work_calendar(),
    )
    late = [each.code for each in due if each.is_late_on(local_date(clock.now()))]
    assert late == ["minutes"]
    assert manifest.verify(over.minutes_editions.get()) == []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.cpu(6)
def test_a_session_is_played_to_its_end():
    out = StringIO()
    with override_settings(DEMO=True):
        call_command("play_meeting", "--fast", stdout=out)
    meeting = Meeting.objects.latest("pk")
    assert meeting.state_at(clock.now()) == State.CLOSED
    assert results(meeting) == [True, True]
    assert meeting.get_absolute_url() in out.getvalue()
    asked = Question.objects.filter(meeting=meeting).values_list("state", flat=True)
    assert sorted(asked) == ["answered", "answered", "merged"]
    with override_settings(DEMO=False), pytest.raises(CommandError):
        call_command("play_meeting", "--fast", stdout=out)


def test_it_lasts_three_minutes_and_a_result_can_be_read():
    waited: list[float] = []
    results_at: list[int] = []

    def wait(seconds: float) -> None:
        found = RollCall.objects.filter(published_at__isnull=False).count()
        results_at.append(found)
        waited.append(seconds)

    meetings_play.play(meetings_play.announce(), wait)
    assert 540 < sum(waited) < LONGEST_SECONDS * SPEED
    after = [seconds for seconds, before, now in zip(
        waited[1:], results_at, results_at[1:], strict=False
    ) if now > before]  # fmt: skip
    assert len(after) == 2
    assert min(after) / SPEED >= 8


def test_what_is_broken_off_is_closed():
    meeting = meetings_play.announce()
    steps = iter(range(50))

    def wait(_seconds: float) -> None:
        if next(steps) == 49:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        meetings_play.play(meeting, wait)
    meetings_play.end(meeting)
    meeting.refresh_from_db()
    assert meeting.state_at(clock.now()) == State.CLOSED
