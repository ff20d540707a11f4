"""Decisions that the head of the city stops (280/97-ВР art. 59(4)): days, second vote, majority."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest

from city.calendar import work_calendar
from core.domain import clock as now_clock
from core.domain.calendar import WorkCalendar, local_date
from core.domain.deadlines import deadlines_of
from core.models import AuditEntry
from meetings.course import actions as course_actions
from meetings.models import LogEntry, Meeting, RollCall, Stop
from meetings.rollcalls import actions as rollcalls_actions
from meetings.rollcalls import actions_decisions
from meetings.stopped import actions
from meetings.stopped.queries import stops_of
from meetings.terms import second_vote_day, stop_day
from tests.meetings import factories
from tests.meetings.factories import refused

pytestmark = pytest.mark.django_db
HEAD, REMARKS = "Яременко Галина Степанівна", "Рішення не має джерела фінансування."
PDF = b"%PDF-1.7\n%%EOF\n"
#: Without martial law.
CALENDAR = WorkCalendar()


def session() -> Meeting:
    made = factories.meeting("running")
    if not made.presences.exists():
        factories.everybody_is_here(made)
    factories.on_item(made)
    made.refresh_from_db()
    return made


def vote_on(roll_call: RollCall, votes: int) -> RollCall:
    by = factories.secretary()
    meeting = roll_call.item.meeting
    for deputy in factories.deputies(meeting.body)[:votes]:
        rollcalls_actions.enter_vote(roll_call, deputy, by=by, choice="for")
    return rollcalls_actions.close_roll_call(roll_call, by=by)


def decided(votes: int = 3, **asked: str) -> RollCall:
    """A decision of five members by so many votes."""
    return vote_on(factories.roll_call(session(), **asked), votes)


def stopped(roll_call: RollCall, *, on: date | None = None, **said: str) -> Stop:
    on = on or local_date(now_clock.now())
    words = {"head": HEAD, "remarks": REMARKS, **said}
    return actions.stop(roll_call, by=factories.secretary(), on=on, **words)


@pytest.mark.parametrize(
    ("decided_on", "last_day"),
    [
        (date(2026, 11, 2), date(2026, 11, 9)),  # Monday: the fifth day is a Saturday
        (date(2026, 11, 4), date(2026, 11, 9)),  # Wednesday: the fifth day itself
        (date(2026, 11, 6), date(2026, 11, 11)),
    ],
)
def test_the_head_has_five_days_and_the_council_two_weeks(decided_on, last_day):
    assert stop_day(decided_on, CALENDAR) == last_day
    assert second_vote_day(date(2026, 11, 2), CALENDAR) == date(2026, 11, 16)
    assert second_vote_day(date(2026, 11, 1), CALENDAR) == date(2026, 11, 16)  # a Sunday


def test_it_is_stopped_until_the_last_day_and_not_the_day_after(clock):
    roll_call = decided()
    last_day = stop_day(local_date(roll_call.closed_at), work_calendar())
    clock.advance(days=(last_day - local_date(roll_call.closed_at)).days + 1)
    with refused("stop.too_late"):
        stopped(roll_call, on=last_day + timedelta(days=1))
    with refused("stop.day"):
        stopped(roll_call, on=last_day + timedelta(days=2))
    with refused("stop.day"):
        stopped(roll_call, on=local_date(roll_call.closed_at) - timedelta(days=1))
    # Entered late, of the last day.
    assert stopped(roll_call, on=last_day).stop_due_on == last_day


@pytest.mark.with_all
def test_what_can_be_stopped_and_by_whom(olena):
    rejected, adopted = decided(votes=2), decided()
    with refused("stop.no_decision"):
        stopped(rejected)
    with refused("stop.no_decision"):
        stopped(decided(needs="procedural"))
    with refused("stop.head_missing"):
        stopped(adopted, head=" ")
    with refused("stop.remarks_missing"):
        stopped(adopted, remarks=" ")
    with refused("meeting.runners_only"):
        today = local_date(now_clock.now())
        actions.stop(adopted, by=olena, on=today, head=HEAD, remarks=REMARKS)
    stopped(adopted)
    with refused("stop.stopped"):
        stopped(adopted)
    committee = factories.meeting("running", kind="committee")
    factories.everybody_is_here(committee)
    factories.on_item(committee)
    concluded = vote_on(factories.roll_call(committee), 3)
    with refused("stop.not_the_council"):
        stopped(concluded)


@pytest.mark.parametrize(("votes", "is_confirmed"), [(4, True), (3, False)])
def test_two_thirds_of_the_total_confirm_it(votes, is_confirmed, client):
    by, roll_call = factories.secretary(), decided()
    made = stopped(roll_call)
    first = roll_call.item.meeting
    shown = stops_of(first)
    assert [each.state for each in shown] == ["чекає на повторний розгляд"]
    with refused("stop.another_body"):
        committee = factories.meeting("running", kind="committee")
        factories.on_item(committee)
        committee.refresh_from_db()
        actions.vote_again(made, committee, by=by)
    second = session()
    assert [each.pk for each in stops_of(second)] == [made.pk]
    again = actions.vote_again(made, second, by=by)
    assert again.needs == "two_thirds" and HEAD in again.question
    with refused("stop.voted_again"):
        actions.vote_again(made, second, by=by)
    again = vote_on(again, votes)
    (now,) = stops_of(first)
    assert now.is_confirmed == is_confirmed
    assert REMARKS in client.get(first.get_absolute_url()).content.decode()
    if is_confirmed:
        with refused("stop.confirmed"):
            stopped(again)
    else:
        with refused("stop.no_decision"):
            stopped(again)


def test_an_annulled_second_vote_counts_for_nothing_until_it_is_repeated(django_assert_num_queries):
    by = factories.secretary()
    made = stopped(decided())
    meeting = made.roll_call.item.meeting
    slip = vote_on(actions.vote_again(made, meeting, by=by), 2)
    assert [each.is_confirmed for each in stops_of(meeting)] == [False]
    actions_decisions.annul_roll_call(slip, by=by, reason="Закрито помилково")
    (shown,) = stops_of(meeting)
    assert (shown.waits, shown.is_confirmed) == (True, None)
    other = session()
    assert [each.pk for each in stops_of(other)] == [made.pk], "it waits at the next session, too"
    assert [row.kind for row in deadlines_of(by)].count("meeting-stopped") == 1
    meeting.refresh_from_db()
    asked = {"question": "Подолати", "seen_item": meeting.current_item_id, "repeats": slip}
    with refused("rollcall.another_majority"):
        rollcalls_actions.open_roll_call(meeting, by=by, **asked)
    again = actions.vote_again(made, meeting, by=by)
    assert again.repeats.roll_call == slip
    assert stops_of(other) == []
    vote_on(again, 4)
    with django_assert_num_queries(2):
        (shown,) = stops_of(meeting)
    assert shown.is_confirmed
    # Annulled once more, it can be put to the vote on another item or at another session.
    actions_decisions.annul_roll_call(again, by=by, reason="Закрито помилково")
    third = vote_on(actions.vote_again(made, other, by=by), 4)
    assert third.item.meeting == other
    assert [each.is_confirmed for each in stops_of(meeting)] == [True]


def test_the_second_vote_is_due_at_the_desk_logged_and_audited(clock, client):
    by, roll_call = factories.secretary(), decided()
    meeting = roll_call.item.meeting
    meeting = course_actions.close_meeting(meeting, by=by, seen_item=roll_call.item_id)
    client.force_login(by)
    page = client.get(f"/meetings/{meeting.pk}/control/").content.decode()
    address = f"/meetings/{meeting.pk}/control/stops/"
    assert address in page
    sent = client.post(
        address,
        {
            "roll_call": roll_call.pk,
            "on": local_date(roll_call.closed_at).isoformat(),
            "head": HEAD,
            "remarks": REMARKS,
            "file": BytesIO(PDF),
        },
    )
    assert sent.status_code == 302
    made = Stop.objects.get()
    assert made.document is not None
    assert meeting.log.last().kind == LogEntry.Kind.STOPPED
    assert AuditEntry.objects.filter(event="DecisionStopped").count() == 1
    due = [row for row in deadlines_of(by) if row.kind == "meeting-stopped"]
    assert [row.due_on for row in due] == [made.vote_due_on]
    clock.advance(days=(made.vote_due_on - local_date(made.at)).days + 1)
    (shown,) = stops_of(meeting)
    assert shown.is_late and shown.state == "строк повторного розгляду минув"
