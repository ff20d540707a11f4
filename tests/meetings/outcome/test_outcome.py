"""What follows from a meeting: conclusions, decisions on proposals, each by its term."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from core.domain import clock
from core.domain.calendar import PEACETIME, WorkCalendar, local_date
from core.domain.deadlines import deadlines_of
from meetings import terms
from meetings.course import actions as course_actions
from meetings.models import Item, Meeting, Outcome, State
from meetings.outcome import actions
from meetings.rollcalls import actions as rollcalls_actions
from tests.meetings import factories
from tests.meetings.factories import refused
from tests.meetings.planning.test_terms import WAR, moment

#: article, kind, closed at, last day in peace, under martial law.
PROPOSALS = [
    # Calendar days from the day of the hearing.
    ("280/97-ВР 13(5)", "hearing", "2027-03-01 18:00", "2027-03-31", "2027-03-31"),
    ("280/97-ВР 13(5)", "hearing", "2027-03-02 00:10", "2027-04-01", "2027-04-01"),
    # The last day is a working one: 8 May 2027 is a Saturday, 9 and 10 May are off in peace.
    ("280/97-ВР 13(5)", "hearing", "2027-04-08 18:00", "2027-05-11", "2027-05-10"),
    ("280/97-ВР 13(5)", "session", "2027-03-01 18:00", None, None),
    ("280/97-ВР 13(5)", "round_table", "2027-03-01 18:00", None, None),
]


@pytest.mark.parametrize(("article", "kind", "closed_at", "peace", "war"), PROPOSALS)
def test_proposals_of_a_hearing_within_thirty_days(article, kind, closed_at, peace, war):
    meeting = Meeting(kind=kind, closed_at=moment(closed_at))
    for calendar, day in ((PEACETIME, peace), (WAR, war)):
        found = terms.proposals_day(meeting, calendar)
        assert (found.isoformat() if found else None) == day, article


@pytest.mark.parametrize(
    ("on", "late"), [(None, True), ("2027-04-30", False), ("2027-05-01", True)]
)
def test_what_was_done_late_stays_red(on, late):
    meeting = Meeting(kind="hearing", proposals_due_on=date(2027, 4, 30))
    outcomes = [Outcome(text="Враховано", at=moment(f"{on} 12:00"))] if on else []
    (due,) = terms.due_items(
        meeting, items=[], roll_calls=[], calendar=PEACETIME, outcomes=outcomes
    )
    assert (due.article, due.last_day) == ("280/97-ВР, 13(5)", date(2027, 4, 30))
    assert due.is_late_on(date(2027, 5, 20)) is late


def test_conclusions_in_the_term_of_the_minutes():
    meeting = Meeting(kind="committee", minutes_due_on=date(2027, 4, 1))
    items = [Item(pk=1, title="Перше"), Item(pk=2, title="Друге")]
    said = [
        Outcome(item=items[0], text="Погодити", at=moment("2027-03-30 09:00")),
        Outcome(item=items[0], text="Уточнено", at=moment("2027-05-01 09:00")),
    ]
    calendar = WorkCalendar()
    found = terms.due_items(
        meeting, items=items, roll_calls=[], calendar=calendar, concluded=items, outcomes=said
    )
    due = {each.item.pk: each for each in found if each.item}
    assert {each.article for each in due.values()} == {"280/97-ВР, 47(10); 2939-VI, 15(2)"}
    assert (due[1].done_on, due[2].done_on) == (date(2027, 3, 30), None)
    assert not due[1].is_late_on(date(2027, 6, 1))
    assert due[2].is_late_on(date(2027, 4, 2))


def committee(*, for_: int = 3) -> Meeting:
    """A committee's meeting that is over: of two items the first was put to the vote."""
    meeting = factories.meeting(State.RUNNING, kind="committee", items=2)
    by = factories.secretary()
    factories.everybody_is_here(meeting)
    item = factories.on_item(meeting)
    roll_call = factories.roll_call(meeting, question="Погодити проєкт")
    assert meeting.body is not None
    for deputy in factories.deputies(meeting.body)[:for_]:
        rollcalls_actions.enter_vote(roll_call, deputy, by=by, choice="for")
    rollcalls_actions.close_roll_call(roll_call, by=by)
    return course_actions.close_meeting(meeting, by=by, seen_item=item.pk)


def hearing() -> Meeting:
    return factories.meeting(State.CLOSED, kind="hearing", items=1)


def due_kinds() -> set[str]:
    found = deadlines_of(factories.secretary(), until=date(2040, 1, 1))
    return {each.kind for each in found}


pytestmark = pytest.mark.django_db


def test_a_committee_concludes_on_what_it_carried(client: Any):
    meeting = committee()
    carried, other = meeting.items.order_by("order")
    by = factories.secretary()
    assert "meeting-conclusions" in due_kinds()
    client.force_login(by)
    page = client.get(f"/desk/meetings/{meeting.pk}/")
    address = f"/desk/meetings/{meeting.pk}/items/{carried.pk}/conclusions/"
    assert address in page.text
    for wrong in ({"text": " "}, {"text": "Погодити", "url": "http://rada.example/1"}):
        answer = client.post(address, wrong)
        assert answer.status_code == 422, wrong
        assert str(wrong.get("url", "")) in answer.text
    sent = {"text": "Погодити із зауваженнями.", "url": "https://rada.example/1.pdf"}
    assert client.post(address, sent).status_code == 302
    assert "meeting-conclusions" not in due_kinds()
    client.logout()
    public = client.get(meeting.get_absolute_url()).text
    assert "Погодити із зауваженнями." in public
    assert "https://rada.example/1.pdf" in public
    assert "47(10)" in public
    with refused("outcome.not_considered"):
        actions.publish_outcome(meeting, by=by, item=other, text="Погодити")
    with refused("outcome.of_another_kind"):
        actions.publish_outcome(meeting, by=by, text="Погодити")


def test_a_committee_owes_nothing_on_what_it_did_not_carry():
    committee(for_=2)
    assert "meeting-conclusions" not in due_kinds()


def test_what_a_hearing_proposed_is_decided_on(client: Any, olena):
    meeting = hearing()
    assert meeting.proposals_due_on is not None
    assert (meeting.proposals_due_on - local_date(clock.now())).days >= 30
    assert "meeting-proposals" in due_kinds()
    with refused("meeting.runners_only"):
        actions.publish_outcome(meeting, by=olena, text="Враховано")
    client.force_login(factories.secretary())
    address = f"/desk/meetings/{meeting.pk}/proposals/"
    assert client.post(address, {"text": "Пандус – враховано: кошти є."}).status_code == 302
    client.post(address, {"text": "Уточнення: до 1 червня."})
    assert "Пандус" in client.get(address).text
    assert "meeting-proposals" not in due_kinds()
    client.logout()
    public = client.get(meeting.get_absolute_url()).text
    assert "Пандус – враховано: кошти є." in public
    assert "Уточнення: до 1 червня." in public


def test_what_is_published_stays():
    meeting = hearing()
    made = actions.publish_outcome(meeting, by=factories.secretary(), text="Враховано")
    for change in (lambda rows: rows.update(text="Ні"), lambda rows: rows.delete()):
        with pytest.raises(IntegrityError, match="outcome_is_kept"), transaction.atomic():
            change(Outcome.objects.filter(pk=made.pk))
    running = factories.meeting(State.RUNNING, kind="hearing")
    with refused("meeting.not_closed"):
        actions.publish_outcome(running, by=factories.secretary(), text="Враховано")
