"""Special votes of meetings: what their routes are about, and their forms filled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from accounts.models import User
from consultations.models import Consultation
from core.domain import clock
from meetings.amendments import actions as amendments
from meetings.amendments.queries import version_of
from meetings.conflicts import actions as conflicts
from meetings.models import (
    Amendment,
    Conflict,
    Deputy,
    Meeting,
    PaperBallot,
    RollCall,
    State,
    Stop,
)
from meetings.paper_ballots import actions as ballots
from tests.meetings import factories

if TYPE_CHECKING:
    from tests.access.city import City

Things = dict[str, tuple[Any, ...]]
About = Callable[["City", tuple[str, ...]], Things]


def build(running: Meeting, *, deputy: Deputy, published: RollCall, by: User) -> None:
    """A secret ballot that is given out; bohdan, whose ``deputy`` is, counts it; a conflict of
    interest of theirs on a later item; an amendment to the draft of another; a stopped decision."""
    running.refresh_from_db()
    assert running.body is not None
    ballots.open_ballot(
        running,
        by=by,
        matter="26-4",
        kind="decision",
        question="Обрати секретарем ради Дорош Л. М.",
        options=[],
        commission=factories.deputies(running.body)[:3],
        seen_item=running.current_item_id,
    )
    later = running.items.get(order=3)
    conflicts.declare(later, deputy, by=by, words="Йдеться про землю мого брата")
    announced = Consultation.objects.exclude(announced_at=None)
    drafted = announced.filter(draft__versions__published_at__isnull=False).order_by("pk")
    running.items.filter(order=2).update(consultation=drafted[0])
    item = running.items.select_related("meeting", "consultation").get(order=2)
    version = version_of(item)
    assert version is not None
    clause = version.clauses.in_order().last()
    amendments.propose(item, by=by, clause=clause, kind="remove", mover="Виконавчий комітет")
    Stop.objects.create(
        roll_call=published,
        on=running.day,
        head="Яременко Галина Степанівна",
        remarks="Немає джерела фінансування",
        stop_due_on=running.day + timedelta(days=5),
        vote_due_on=running.day + timedelta(days=14),
        at=clock.now(),
        by=by,
    )


def _amended(city: City, _parameters: tuple[str, ...]) -> Things:
    amendment = Amendment.objects.get()
    other = city.meetings.by_state[State.ANNOUNCED].pk
    return {
        "amended": (amendment.item.meeting_id, amendment.item_id),
        "astray": (other, amendment.item_id),
    }


def _amendment(city: City, _parameters: tuple[str, ...]) -> Things:
    amendment = Amendment.objects.get()
    address = (amendment.item.meeting_id, amendment.pk)
    return {"withdraw": (*address, "withdraw"), "no such step": (*address, "burn")}


def _stopped(city: City, _parameters: tuple[str, ...]) -> Things:
    found = Stop.objects.get()
    return {"waits": (found.roll_call.item.meeting_id, found.pk)}


def _conflict(city: City, _parameters: tuple[str, ...]) -> Things:
    conflict = Conflict.objects.get()
    other = city.meetings.by_state[State.ANNOUNCED].pk
    return {
        "bohdan's": (conflict.item.meeting_id, conflict.pk),
        "astray": (other, conflict.pk),
    }


def _ballot(*more: Any) -> About:
    def about(city: City, _parameters: tuple[str, ...]) -> Things:
        ballot = PaperBallot.objects.get()
        other = city.meetings.by_state[State.ANNOUNCED].pk
        return {
            "given out": (ballot.item.meeting_id, ballot.pk, *more),
            "astray": (other, ballot.pk, *more),
        }

    return about


def _receipt(city: City, _parameters: tuple[str, ...]) -> Things:
    ballot, deputy = PaperBallot.objects.get(), city.meetings.deputy
    address = (ballot.item.meeting_id, ballot.pk, deputy.pk)
    return {"mark": (*address, "mark"), "no such step": (*address, "burn")}


def _meetings(city: City, _parameters: tuple[str, ...]) -> Things:
    states = (State.RUNNING, State.ANNOUNCED, State.DRAFT)
    return {str(state): (city.meetings.by_state[state].pk,) for state in states}


#: Route -> what its addresses are about.
ABOUT: dict[str, About] = {
    **dict.fromkeys(("meetings:paper_ballots_csv", "meetings:paper_ballots_json"), _meetings),
    **dict.fromkeys(
        (
            *("meetings:paper_ballot", "meetings:paper_ballot_protocol"),
            *("meetings:paper_ballot_scan", "meetings:paper_ballot_cancel"),
        ),
        _ballot(),
    ),
    "meetings:paper_ballot_step": _ballot("seal"),
    "meetings:paper_ballot_receipt": _receipt,
    **dict.fromkeys(
        (
            *("meetings_control:new_paper_ballot", "meetings_control:new_conflict"),
            *("meetings:declare_conflict", "meetings_control:new_stop"),
        ),
        _meetings,
    ),
    **dict.fromkeys(
        (
            *("meetings:amendments", "meetings:propose_amendment"),
            *("meetings_control:amendments", "meetings_control:compose"),
            "meetings_control:adopted_text",
        ),
        _amended,
    ),
    "meetings_control:amendment_step": _amendment,
    "meetings_control:vote_again": _stopped,
    "meetings_control:withdraw_conflict": _conflict,
}


def _new_ballot(city: City, arguments: tuple[Any, ...]) -> dict[str, Any]:
    meeting = Meeting.objects.get(pk=arguments[0])
    return {
        "matter": "26-4",
        "kind": "decision",
        "question": "Звільнити секретаря ради",
        "commission": [deputy.pk for deputy in factories.deputies(meeting.body)[:3]],
        "seen_item": str(meeting.current_item_id or ""),
    }


def _declared(city: City, arguments: tuple[Any, ...]) -> dict[str, Any]:
    item = Meeting.objects.get(pk=arguments[0]).items.get(order=2)
    return {"item": item.pk, "words": "Йдеться про мою фірму"}


def _entered(city: City, arguments: tuple[Any, ...]) -> dict[str, Any]:
    return {**_declared(city, arguments), "deputy": city.meetings.deputy.pk}


def _amendment_said(city: City, arguments: tuple[Any, ...]) -> dict[str, Any]:
    clause = Amendment.objects.get().clause
    return {"clause": clause.pk, "kind": "replace", "text": "Інше.", "mover": "Комісія"}


def _stop_said(city: City, arguments: tuple[Any, ...]) -> dict[str, Any]:
    found = Stop.objects.get()
    said = {"roll_call": found.roll_call_id, "on": found.on.isoformat()}
    return {**said, "head": found.head, "remarks": found.remarks}


#: Route -> its form, filled for the thing that the address names.
FORMS: dict[str, Callable[[City, tuple[Any, ...]], dict[str, Any]]] = {
    "meetings_control:new_paper_ballot": _new_ballot,
    "meetings:paper_ballot_cancel": lambda city, arguments: {"reason": "Порушено таємницю"},
    "meetings:propose_amendment": _amendment_said,
    "meetings_control:new_stop": _stop_said,
    "meetings:declare_conflict": _declared,
    "meetings_control:new_conflict": _entered,
    "meetings_control:withdraw_conflict": lambda city, arguments: {"reason": "Помилка"},
}
