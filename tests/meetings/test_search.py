"""Meetings are found by their titles, agenda, what was voted on and concluded."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from core.domain.topics import seq_of
from meetings.agenda import actions as agenda_actions
from meetings.agenda.actions import ItemText
from meetings.course import actions as course_actions
from meetings.models import Meeting, State
from meetings.outcome import actions
from meetings.outcome.handlers_index import index_meeting
from meetings.planning import actions as planning_actions
from tests.meetings import factories

pytestmark = pytest.mark.django_db


def found(client: Any, words: str, state: str = "") -> list[str]:
    page = client.get("/meetings/", {"q": words, "state": state})
    return [shown.meeting.title for shown in page.context["page"]]


def made(title: str, *items: str, state: str = State.ANNOUNCED, **more: Any) -> Meeting:
    meeting = factories.meeting(State.DRAFT, items=0, title=title, kind="hearing")
    for item in items:
        agenda_actions.add_item(
            meeting, by=factories.secretary(), text=ItemText(title=item, **more)
        )
    if state != State.DRAFT:
        planning_actions.publish(
            meeting, by=factories.secretary(), short_notice_reason="Невідкладне"
        )
    if state == State.CLOSED:
        meeting.refresh_from_db()
        course_actions.open_meeting(meeting, by=factories.secretary())
        meeting.refresh_from_db()
        course_actions.close_meeting(meeting, by=factories.secretary(), seen_item=None)
    meeting.refresh_from_db()
    index_meeting(meeting.pk)
    return meeting


def test_by_words_in_any_form(client):
    made("Слухання про водогін", "Про ремонт доріг у центрі")
    made("Слухання про парки", "Про нові лави", text="Дерев’яні лави біля фонтана")
    made("У підготовці", "Про ремонт доріг", state=State.DRAFT)
    assert found(client, "водогону") == ["Слухання про водогін"]
    assert found(client, "ремонту дороги") == ["Слухання про водогін"]
    assert found(client, "фонтан") == ["Слухання про парки"]
    assert found(client, "трамвай") == []
    # A slip of the finger, and words of which there are only some.
    assert found(client, "водогін трамваю") == ["Слухання про водогін"]
    assert len(found(client, "")) == 2
    for odd in ("'", "\0", "& | !", "x" * 5000, "%"):
        assert client.get("/meetings/", {"q": odd}).status_code == 200


def test_by_what_followed_and_in_the_other_list(client):
    meeting = made("Слухання про міст", "Пункт", state=State.CLOSED)
    actions.publish_outcome(
        meeting, by=factories.secretary(), text="Пропозицію про ліхтарі враховано."
    )
    index_meeting(meeting.pk)
    page = client.get("/meetings/", {"q": "ліхтарів"})
    assert [tab["count"] for tab in page.context["tabs"]] == [0, 1]
    asked = parse_qs(urlsplit(page.context["tabs"][1]["url"]).query)
    assert asked == {"state": ["past"], "q": ["ліхтарів"]}
    assert found(client, "ліхтарів", "past") == ["Слухання про міст"]


def test_a_change_asks_for_a_new_index_once_it_is_published():
    jobs = ProcrastinateJob.objects.filter(task_name="meetings.jobs.index_meeting")
    meeting = factories.meeting(State.DRAFT)
    assert not jobs.exists()
    by = factories.secretary()
    meeting = planning_actions.publish(meeting, by=by, short_notice_reason="Невідкладне")
    agenda_actions.add_item(meeting, by=by, text=ItemText(title="Ще одне"))
    assert jobs.count() == 2
    # A list that was drawn meanwhile is drawn anew.
    before = seq_of("meetings")
    index_meeting(meeting.pk)
    assert seq_of("meetings") == before + 1
