"""Who may do what, when: roles × states, by rules that ask no database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from core.domain.rules import Verdict
from meetings import rules as meetings_rules
from meetings.agenda import rules as agenda_rules
from meetings.course import rules as course_rules
from meetings.deputies import rules as deputies_rules
from meetings.models import Body, Deputy, Item, Meeting, Question, RollCall, Speaker
from meetings.planning import rules as planning_rules
from meetings.presence import rules as presence_rules
from meetings.questions import rules as questions_rules
from meetings.record import rules as record_rules
from meetings.rollcalls import rules as roll_calls
from meetings.speakers import rules as speakers_rules
from tests import factories as people

NOON = datetime(2027, 3, 25, 12, tzinfo=UTC)
DEPARTMENT, PK = 7, 12
NOBODY = AnonymousUser()
WHO: dict[str, Any] = {
    "nobody": NOBODY,
    "resident": people.person(1),
    "suspended": people.person(2, "secretary", department_id=DEPARTMENT, is_active=False),
    "moderator": people.person(3, "moderator"),
    "secretary": people.person(4, "secretary", department_id=DEPARTMENT),
    "officer": people.person(5, "officer", department_id=DEPARTMENT),
    "head": people.person(6, "head", department_id=DEPARTMENT),
    "of another department": people.person(7, "officer", department_id=8),
    "of this meeting": people.person(8, "secretary", scope=f"meeting:{PK}"),
    "of another meeting": people.person(9, "secretary", scope="meeting:13"),
    "administrator": people.person(10, "administrator"),
}
RUNNERS = {"secretary", "officer", "head", "of this meeting", "administrator"}
SIGNED_IN = set(WHO) - {"nobody", "suspended"}


def meeting(state: str, **fields: Any) -> Meeting:
    moments = {
        "draft": {},
        "announced": {"published_at": NOON - timedelta(days=11)},
        "running": {"published_at": NOON - timedelta(days=11), "opened_at": NOON},
        "closed": {
            "published_at": NOON - timedelta(days=11),
            "opened_at": NOON - timedelta(hours=2),
            "closed_at": NOON,
        },
        "cancelled": {"published_at": NOON - timedelta(days=11), "cancelled_at": NOON},
    }[state]
    usual = {
        "pk": PK,
        "kind": "session",
        "body_id": 1,
        "department_id": DEPARTMENT,
        "begins_at": NOON + timedelta(minutes=30),
        "ends_at": NOON + timedelta(hours=3),
    }
    made = Meeting(**{**usual, **moments, **fields})
    made.current_item_id = 1 if state == "running" else None
    return made


_CURRENT, _PLANNED = Item(pk=1, state="current"), Item(pk=2, state="planned")
_OPEN = RollCall(opened_at=NOON)
_CLOSED = RollCall(opened_at=NOON, closed_at=NOON)
_WAITING = Question(pk=1, state="waiting", author_id=99)
_SHOWN = Question(pk=2, state="shown", author_id=99)
_HAND = Speaker(pk=1, user_id=99, item=_CURRENT)
_BUSY = {"seen_item": 1, "is_busy": False}
_LATER = {"begins_at": NOON + timedelta(days=1), "ends_at": NOON + timedelta(days=2), "now": NOON}

#: What is done -> its rule, in which states, by whom.
RULES: dict[str, tuple[Any, set[str], set[str]]] = {
    "edit": (lambda u, m: planning_rules.edit(u, m, **_LATER), {"draft", "announced"}, RUNNERS),
    "discard": (planning_rules.discard, {"draft"}, RUNNERS),
    "publish": (
        lambda u, m: planning_rules.publish(
            u, m, has_items=True, short_notice_reason="Бо", now=NOON
        ),
        {"draft"},
        RUNNERS,
    ),
    "cancel": (lambda u, m: planning_rules.cancel(u, m, reason="Бо"), {"announced"}, RUNNERS),
    "add an item": (
        lambda u, m: agenda_rules.write(u, m, title="Різне", things=0),
        {"draft", "announced", "running"},
        RUNNERS,
    ),
    "delete an item": (agenda_rules.delete, {"draft"}, RUNNERS),
    "drop an item": (
        lambda u, m: agenda_rules.drop(u, m, _PLANNED),
        {"announced", "running"},
        RUNNERS,
    ),
    "open": (lambda u, m: course_rules.open_meeting(u, m, now=NOON), {"announced"}, RUNNERS),
    "take up an item": (
        lambda u, m: course_rules.go_to_item(u, m, _PLANNED, **_BUSY),
        {"running"},
        RUNNERS,
    ),
    "close": (lambda u, m: course_rules.close_meeting(u, m, **_BUSY), {"running"}, RUNNERS),
    "blank": (course_rules.blank, {"running"}, RUNNERS),
    "note presence": (
        lambda u, m: presence_rules.register(u, m, is_member=True),
        {"running"},
        RUNNERS,
    ),
    "open a roll-call": (
        lambda u, m: roll_calls.open_roll_call(u, m, question="?", seen_item=1, is_open=False),
        {"running"},
        RUNNERS,
    ),
    "enter a vote": (
        lambda u, m: roll_calls.enter_vote(u, _OPEN, m, choice="for", is_member=True, is_here=True),
        {"running"},
        RUNNERS,
    ),
    "take a vote back": (
        lambda u, m: roll_calls.take_back(u, _OPEN, m, has_voted=True),
        {"running"},
        RUNNERS,
    ),
    "vote": (
        lambda u, m: roll_calls.vote(
            u, Deputy(user_id=1), _OPEN, m, choice="for", is_member=True, is_here=True
        ),
        {"running"},
        {"resident"},
    ),
    "close a roll-call": (
        lambda u, m: roll_calls.close_roll_call(u, m, _OPEN),
        {"running"},
        RUNNERS,
    ),
    "publish a roll-call": (
        lambda u, m: roll_calls.publish_roll_call(u, m, _CLOSED),
        {"draft", "announced", "running", "closed", "cancelled"},
        RUNNERS,
    ),
    "ask": (
        lambda u, m: questions_rules.ask(u, m, text="Коли?"),
        {"announced", "running"},
        SIGNED_IN,
    ),
    "support": (
        lambda u, m: questions_rules.support(u, m, _SHOWN),
        {"announced", "running"},
        SIGNED_IN,
    ),
    "put on the displays": (
        lambda u, m: questions_rules.put_live(u, m, _SHOWN, live=None, seen_live=None),
        {"running"},
        RUNNERS,
    ),
    "ask to speak": (
        lambda u, m: speakers_rules.ask_to_speak(u, m, _CURRENT, waits=False),
        {"running"},
        SIGNED_IN,
    ),
    "give the floor": (
        lambda u, m: speakers_rules.begin_speech(
            u, m, _HAND, speaking=None, seen_speaker=None, seconds=None
        ),
        {"running"},
        RUNNERS,
    ),
    "publish the video": (
        lambda u, m: record_rules.publish_record(u, m, url="https://v.example"),
        {"closed"},
        RUNNERS,
    ),
    "read": (
        lambda u, m: meetings_rules.see(u, m) if m.published_at else Verdict(False, "-"),
        {"announced", "running", "closed", "cancelled"},
        set(WHO),
    ),
    "read a draft": (
        lambda u, m: meetings_rules.see(u, m) if m.published_at is None else Verdict(False, "-"),
        {"draft"},
        RUNNERS,
    ),
}


@pytest.mark.parametrize("what", RULES)
def test_who_may_do_it_and_when(what: str):
    rule, states, allowed = RULES[what]
    for state in ("draft", "announced", "running", "closed", "cancelled"):
        for name, user in WHO.items():
            verdict = rule(user, meeting(state))
            expected = state in states and name in allowed
            assert bool(verdict) == expected, (what, state, name, verdict.code)
            assert verdict or verdict.code


#: A rule that refuses what is wrong in itself, and with which code.
WRONG: list[tuple[Any, str]] = [
    (
        lambda u: planning_rules.plan(
            u, department_id=DEPARTMENT, kind="session", body_kind="", **_LATER
        ),
        "meeting.body_missing",
    ),
    (
        lambda u: planning_rules.plan(
            u, department_id=DEPARTMENT, kind="hearing", body_kind="council", **_LATER
        ),
        "meeting.another_body",
    ),
    (
        lambda u: planning_rules.plan(
            u, department_id=DEPARTMENT, kind="session", body_kind="committee", **_LATER
        ),
        "meeting.another_body",
    ),
    (
        lambda u: planning_rules.edit(
            u, meeting("draft"), begins_at=NOON, ends_at=NOON + timedelta(hours=1), now=NOON
        ),
        "meeting.begins_in_the_past",
    ),
    (
        lambda u: planning_rules.edit(
            u,
            meeting("draft"),
            begins_at=NOON + timedelta(hours=2),
            ends_at=NOON + timedelta(hours=1),
            now=NOON,
        ),
        "meeting.ends_before_it_begins",
    ),
    (
        lambda u: planning_rules.publish(
            u, meeting("draft"), has_items=False, short_notice_reason="Бо", now=NOON
        ),
        "meeting.no_agenda",
    ),
    (
        lambda u: planning_rules.publish(
            u, meeting("draft"), has_items=True, short_notice_reason=" ", now=NOON
        ),
        "meeting.short_notice",
    ),
    (
        lambda u: planning_rules.cancel(u, meeting("announced"), reason=" "),
        "meeting.reason_missing",
    ),
    (
        lambda u: agenda_rules.write(u, meeting("draft"), title=" ", things=0),
        "item.title_missing",
    ),
    (
        lambda u: agenda_rules.write(u, meeting("draft"), title="Різне", things=2),
        "item.several_things",
    ),
    (lambda u: agenda_rules.move(u, meeting("draft"), _PLANNED, to=4, of=3), "item.no_such_place"),
    (
        lambda u: course_rules.open_meeting(u, meeting("announced"), now=NOON - timedelta(hours=1)),
        "meeting.too_early",
    ),
    (
        lambda u: course_rules.close_meeting(u, meeting("running"), seen_item=2, is_busy=False),
        "meeting.moved_on",
    ),
    (
        lambda u: course_rules.close_meeting(u, meeting("running"), seen_item=1, is_busy=True),
        "meeting.busy",
    ),
    (
        lambda u: course_rules.go_to_item(u, meeting("running"), Item(state="dropped"), **_BUSY),
        "item.not_to_take_up",
    ),
    (
        lambda u: roll_calls.open_roll_call(
            u, meeting("running", body_id=None), question="?", seen_item=1, is_open=False
        ),
        "rollcall.of_no_body",
    ),
    (
        lambda u: roll_calls.open_roll_call(
            u, meeting("running"), question=" ", seen_item=1, is_open=False
        ),
        "rollcall.question_missing",
    ),
    (
        lambda u: roll_calls.publish_roll_call(u, meeting("running"), _OPEN),
        "rollcall.open",
    ),
    (
        lambda u: roll_calls.take_back(u, _CLOSED, meeting("running"), has_voted=True),
        "rollcall.closed",
    ),
    (
        lambda u: roll_calls.take_back(u, _OPEN, meeting("running"), has_voted=False),
        "rollcall.no_vote",
    ),
    (
        lambda u: roll_calls.enter_vote(
            u, _OPEN, meeting("running"), choice="absent", is_member=True, is_here=True
        ),
        "rollcall.no_such_choice",
    ),
    (
        lambda u: questions_rules.ask(u, meeting("running"), text="я" * 501),
        "question.too_long",
    ),
    (
        lambda u: questions_rules.ask(u, meeting("running"), text="Ще?", waiting=3),
        "question.too_many",
    ),
    (lambda u: questions_rules.ask(u, meeting("running"), text=" "), "question.empty"),
    (
        lambda u: questions_rules.put_live(
            u, meeting("running"), _WAITING, live=None, seen_live=None
        ),
        "question.not_checked",
    ),
    (
        lambda u: questions_rules.merge(u, meeting("running"), _WAITING, _WAITING),
        "question.into_itself",
    ),
    (
        lambda u: questions_rules.merge(u, meeting("running"), _SHOWN, _WAITING),
        "question.into_hidden",
    ),
    (lambda u: questions_rules.answer(u, meeting("closed"), _WAITING), "question.not_to_answer"),
    (
        lambda u: speakers_rules.add_speaker(
            u, meeting("running"), _CURRENT, is_somebody=False, waits=False, seconds=60
        ),
        "speaker.name_missing",
    ),
    (
        lambda u: speakers_rules.add_speaker(
            u, meeting("running"), _CURRENT, is_somebody=True, waits=False, seconds=3601
        ),
        "speaker.seconds",
    ),
    (
        lambda u: speakers_rules.ask_to_speak(u, meeting("running"), _PLANNED, waits=False),
        "speaker.another_item",
    ),
    (
        lambda u: record_rules.publish_record(u, meeting("closed"), url="http://v.example"),
        "meeting.url_missing",
    ),
]


@pytest.mark.parametrize(("rule", "code"), WRONG, ids=[code for _rule, code in WRONG])
def test_what_is_wrong_in_itself(rule: Any, code: str):
    assert rule(WHO["secretary"]).code == code


def test_only_the_council_has_a_head():
    committee = Body(kind="committee", membership=5)
    verdict = deputies_rules.seat(
        WHO["administrator"], committee, taken=0, has_seat=False, is_head=True
    )
    assert verdict.code == "council.head_of_the_council"
