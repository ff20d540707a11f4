"""How a roll-call ended is recorded, vote by vote, and that what is changed by SQL is found."""

import json

import pytest
from django.db import connection

from core.audit_log.beginning import begin_record
from core.audit_log.comparing import find_faults
from core.models import AuditEntry, AuditRecord
from meetings.models import State
from meetings.rollcalls import actions
from meetings.rollcalls.recorders import subject_of, things_of
from tests.meetings import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def voted(db):
    """A closed and published roll-call of five."""
    meeting = factories.meeting(State.RUNNING)
    by = factories.secretary()
    factories.everybody_is_here(meeting)
    factories.on_item(meeting)
    call = factories.roll_call(meeting)
    for deputy, choice in zip(
        factories.deputies(meeting.body), ("for", "for", "for", "against", "abstained"), strict=True
    ):
        actions.enter_vote(call, deputy, by=by, choice=choice)
    call = actions.close_roll_call(call, by=by)
    return actions.publish_roll_call(call, by=by)


def found(call) -> list[str]:
    meeting_id = call.item.meeting_id
    return list(find_faults(subject_of(meeting_id), things_of(meeting_id)))


def test_the_result_is_recorded_at_the_close_and_at_the_publication(voted):
    closed, published = AuditRecord.objects.order_by("pk")
    assert AuditEntry.objects.get(pk=closed.entry).event == "RollCallClosed"
    assert AuditEntry.objects.get(pk=published.entry).event == "RollCallPublished"
    said = json.loads(published.line)["facts"]
    assert said["totals"] == {"abstained": 1, "against": 1, "for": 3}
    assert len(said["votes"]) == said["membership"] == 5
    assert voted.question not in published.line
    assert found(voted) == []
    assert begin_record() == 0


@pytest.mark.parametrize(
    "change",
    [
        "vote SET choice = 'for' WHERE choice = 'against'",
        "rollcall SET question = 'Інше'",
        "rollcall SET opened_at = opened_at - interval '1 h'",
        "rollcall SET needs = 'procedural'",
    ],
)
def test_what_the_sites_role_changes_is_found(voted, change):
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # as after DISABLE TRIGGER
        cursor.execute(f"UPDATE meetings_{change}")
        cursor.execute("SET session_replication_role = DEFAULT")
    assert found(voted) == [
        f"{subject_of(voted.item.meeting_id)}: roll_call {voted.pk}: it is not what was recorded"
    ]
