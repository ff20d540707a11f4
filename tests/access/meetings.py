"""Meetings of every state, and what their routes are about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accounts.models import User
from city.models import Department
from core.domain import clock
from meetings.course import actions as course_actions
from meetings.displays import actions as displays
from meetings.displays import codes
from meetings.minutes import actions as minutes
from meetings.models import (
    Deputy,
    Item,
    Meeting,
    PresenceClaim,
    Question,
    QuickPoll,
    RollCall,
    ShowOfHands,
    Speaker,
    State,
)
from meetings.quickpolls import actions as quickpolls_actions
from meetings.rollcalls import actions as rollcalls_actions
from tests.access import meetings_registered, meetings_special
from tests.meetings import factories

if TYPE_CHECKING:
    from tests.access.city import City

Things = dict[str, tuple[Any, ...]]
About = Callable[["City", tuple[str, ...]], Things]


@dataclass
class Meetings:
    """One in each state, run by the department of ofi; the one that is going on has all that a
    meeting can have. Bohdan is its deputy."""

    by_state: dict[str, Meeting]
    item: Item
    survey: QuickPoll
    roll_call: RollCall
    published: RollCall
    waiting: Question
    shown: Question
    speaker: Speaker
    #: Of a deputy without an account, that they are here.
    claim: PresenceClaim
    deputy: Deputy
    #: Of another meeting that is going on: in that one a roll-call is open.
    hands: ShowOfHands
    #: Of a committee and a hearing that are over: an item carried; questions that were promised an
    #: answer, and that got none, of olena's.
    concluded: Item
    heard: Meeting
    promised: Question
    unanswered: Question


def build(people: Mapping[str, User], department: Department) -> Meetings:
    olena, bohdan = people["olena"], people["bohdan"]
    council = factories.body()
    by = factories.secretary(of=department)
    made = {
        state: factories.meeting(state, of=council, run_by=department, title=f"Засідання {state}")
        for state in State.values
    }
    running = made[State.RUNNING]
    deputy = factories.deputies(council)[0]
    deputy.user = bohdan
    deputy.save()
    minutes.save(made[State.CLOSED], by=by, section="closing", texts={"closing": "Усе."})
    minutes.save(made[State.CLOSED], by=by, section="head", texts={"chair": "Бондар О. І."})
    minutes.publish(made[State.CLOSED], by=by)
    item = factories.on_item(running, by=by)
    survey = quickpolls_actions.close_quick_poll(factories.quick_poll(running, by=by), by=by)
    published = factories.roll_call(running, by=by)
    rollcalls_actions.enter_vote(published, deputy, by=by, choice="for")
    displays.pair(running, by=by, code=codes.code_of("foyer", clock.now()))
    meetings_registered.build(made[State.ANNOUNCED], olena=olena, by=by)
    published = rollcalls_actions.publish_roll_call(
        rollcalls_actions.close_roll_call(published, by=by), by=by
    )
    meetings_special.build(running, deputy=deputy, published=published, by=by)
    heard = factories.meeting(State.RUNNING, kind="hearing", run_by=department)
    promised, unanswered = (
        factories.question(heard, olena, by=by, state=state, text=f"Запитання {state}")
        for state in ("later", "shown")
    )
    heard = course_actions.close_meeting(heard, by=by, seen_item=None)
    return Meetings(
        by_state=made,
        item=item,
        survey=survey,
        roll_call=factories.roll_call(running, by=by),
        published=published,
        waiting=factories.question(running, olena, by=by, text="Хто платить?"),
        shown=factories.question(running, olena, by=by, state="shown"),
        speaker=factories.speaker(item, by=by),
        claim=PresenceClaim.objects.create(
            meeting=running, deputy=factories.deputies(council)[1], at=clock.now()
        ),
        deputy=deputy,
        hands=factories.show_of_hands(
            factories.meeting(State.RUNNING, kind="hearing", run_by=department), by=by
        ),
        concluded=_concluded(department),
        heard=heard,
        promised=promised,
        unanswered=unanswered,
    )


def _concluded(department: Department) -> Item:
    by = factories.secretary(of=department)
    made = factories.meeting(State.RUNNING, kind="committee", run_by=department)
    item = factories.on_item(made, by=by)
    course_actions.close_meeting(made, by=by, seen_item=item.pk)
    item.refresh_from_db()
    return item


def meetings(city: City, _parameters: tuple[str, ...]) -> Things:
    """A meeting by its state."""
    states = (State.RUNNING, State.ANNOUNCED, State.DRAFT, State.CLOSED, State.CANCELLED)
    return {str(state): (city.meetings.by_state[state].pk,) for state in states}


def _deputies(city: City, _parameters: tuple[str, ...]) -> Things:
    return {"bohdan's": (city.meetings.deputy.pk,)}


#: Route -> what its addresses are about.
ABOUT: dict[str, About] = {"deputies:detail": _deputies}
