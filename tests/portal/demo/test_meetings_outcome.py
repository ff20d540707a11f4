"""What follows from the demo city's meetings."""

from __future__ import annotations

import pytest
from django.db import connection

from city.calendar import work_calendar
from consultations.decisions import sittings
from consultations.decisions.models import Decision
from core.domain import clock
from core.domain.calendar import local_date
from meetings import terms
from meetings.amendments.queries import groups_on
from meetings.models import Item, LogEntry, Meeting, Question, RollCall, Stop
from meetings.outcome.counting import result_of_counted, with_counts
from meetings.outcome.queries import load_followed
from portal.demo.decisions import SLUG
from portal.demo.meetings_outcome import consultation_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def test_the_decision_leads_to_the_session_that_took_it():
    consultation = consultation_of(SLUG)
    decision = Decision.objects.get(consultation=consultation)
    sitting = sittings.voted_on(consultation.pk, decision)
    assert sitting is not None
    assert sitting.is_adopted
    assert decision.votes == sitting.votes
    assert decision.votes.is_majority
    assert decision.decided_on == local_date(sitting.closed_at)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_stopped_decision_was_confirmed_and_amendments_are_groups():
    stop = Stop.objects.get()
    assert stop.second_vote is not None
    assert result_of_counted(
        with_counts(RollCall.objects.filter(pk=stop.second_vote_id)).get()
    ).is_carried
    found = {}
    for item in Item.objects.exclude(amendments=None).distinct():
        states = [state for group in groups_on(item) for _each, state in group.members]
        found[item.state] = states
    assert found["done"] == ["rejected", "rejected"]
    assert found["planned"] == ["waiting"] * 4


def test_conclusions_are_there_and_proposals_are_still_to_be_decided_on():
    today, calendar = local_date(clock.now()), work_calendar()
    found = {}
    for meeting in Meeting.objects.past().filter(kind__in=("committee", "hearing")):
        outcome = load_followed(meeting)
        found |= {
            due.code: due
            for due in terms.due_items(
                meeting,
                items=[],
                roll_calls=[],
                calendar=calendar,
                concluded=outcome.concluded,
                outcomes=outcome.outcomes,
            )
        }
    assert found["conclusions"].done_on
    assert found["proposals"].done_on is None
    assert not any(found[name].is_late_on(today) for name in ("conclusions", "proposals"))
    assert {each.state for each in Question.objects.unanswered()} == {"shown"}
    moments = LogEntry.objects.order_by("-at").values_list("at", flat=True)
    assert moments[0] < clock.now()


def test_all_are_found_by_words(client):
    page = client.get("/meetings/", {"q": "двори", "state": "past"})
    assert ["дворів" in shown.meeting.title for shown in page.context["page"]] == [True]
