"""Meetings for tests, made by the actions that make them everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from accounts.models import User
from city.models import Department
from core.domain import clock
from core.domain.rules import Refused
from meetings.agenda import actions as agenda_actions
from meetings.agenda.actions import ItemText
from meetings.course import actions as course_actions
from meetings.hall import actions as hall
from meetings.models import (
    Body,
    Deputy,
    Faction,
    Item,
    Meeting,
    Question,
    QuickPoll,
    RollCall,
    Seat,
    ShowOfHands,
    Speaker,
    State,
)
from meetings.pauses import actions as pauses
from meetings.planning import actions as planning_actions
from meetings.planning.actions import Notice
from meetings.presence import actions as presence_actions
from meetings.questions import actions as questions_actions
from meetings.quickpolls import actions as quickpolls_actions
from meetings.rollcalls import actions as rollcalls_actions
from meetings.speakers import actions as speakers_actions
from tests import factories as people

#: Since when deputies sit in the council: before any day to which a test moves the clock.
LONG_AGO = date(2020, 11, 1)
NAMES = (
    "Бондар Олег Іванович",
    "Ващенко Ірина Петрівна",
    "Гнатюк Степан Юрійович",
    "Дорош Леся Миколаївна",
    "Журба Тарас Андрійович",
    "Зінченко Ольга Василівна",
    "Іваненко Петро Олексійович",
)
_BODIES = {"council": "Міська рада", "executive": "Виконавчий комітет"}


def department() -> Department:
    """The one that plans and runs meetings."""
    return Department.objects.get_or_create(
        slug="secretariat", defaults={"name": "Секретаріат ради"}
    )[0]


def secretary(
    name: str = "secretary", role: str = "secretary", of: Department | None = None
) -> User:
    """Somebody who runs meetings: of the secretariat, or of another department."""
    of = of or department()
    name = f"{name}-{of.slug}"
    found = User.objects.filter(email=f"{name}@viche.example").first()
    return found or people.user(name, role=role, department=of)


def body(kind: str = "council", *, members: int = 5, membership: int = 0) -> Body:
    """A body with members; ``membership``: its total, if not all seats are taken."""
    made = Body.objects.create(
        name=_BODIES.get(kind) or f"Комісія {Body.objects.count()}",
        kind=kind,
        membership=membership or members,
    )
    faction = Faction.objects.get_or_create(name="Рідне місто")[0]
    for number in range(members):
        name = NAMES[number % len(NAMES)]
        deputy = Deputy.objects.create(name=name, since=LONG_AGO, faction=faction)
        Seat.objects.create(body=made, deputy=deputy, since=LONG_AGO, is_chair=number == 0)
    return made


def head_of_the_city(of: Body) -> Deputy:
    """The head of the city, with their seat in the council."""
    head = Deputy.objects.create(name="Яременко Галина Степанівна", since=LONG_AGO)
    Seat.objects.create(body=of, deputy=head, since=LONG_AGO, is_head=True)
    return head


def deputies(of: Body) -> list[Deputy]:
    return list(Deputy.objects.filter(seats__body=of, seats__is_head=False).order_by("pk"))


def notice(**fields: Any) -> Notice:
    begins_at = fields.pop("begins_at", None) or clock.now() + timedelta(minutes=30)
    said = {
        "title": "Сесія міської ради",
        "place": "площа Молодіжна, 1, зала засідань",
        "begins_at": begins_at,
        "ends_at": begins_at + timedelta(hours=3),
    }
    return Notice(**{**said, **fields})


def meeting(
    state: str = State.ANNOUNCED,
    *,
    kind: str = "session",
    of: Body | None = None,
    items: int = 3,
    run_by: Department | None = None,
    **fields: Any,
) -> Meeting:
    """A meeting in ``state`` now, run by ``secretary()`` or that of another department; of a body
    with five members if it is of one and ``of`` is not given."""
    run_by = run_by or department()
    by = secretary(of=run_by)
    kinds = {"session": "council", "committee": "committee", "executive": "executive"}
    if kind in kinds and of is None:
        there = Body.objects.filter(kind=kinds[kind], closed_at=None).first()
        of = there or body(kinds[kind])
    made = planning_actions.plan(
        by=by, department=run_by, kind=kind, body=of, notice=notice(**fields)
    )
    for number in range(1, items + 1):
        agenda_actions.add_item(made, by=by, text=ItemText(title=f"Питання {number}"))
    if state == State.DRAFT:
        return made
    made = planning_actions.publish(made, by=by, short_notice_reason="Невідкладне питання")
    if state == State.ANNOUNCED:
        return made
    if state == State.CANCELLED:
        return planning_actions.cancel(made, by=by, reason="Немає кворуму")
    made = course_actions.open_meeting(made, by=by)
    if state == State.CLOSED:
        return course_actions.close_meeting(made, by=by, seen_item=None)
    return made


def on_item(running: Meeting, order: int = 1, *, by: User | None = None) -> Item:
    """The item is the current one now."""
    running.refresh_from_db()
    item = running.items.get(order=order)
    course_actions.go_to_item(
        running, item, by=by or secretary(), seen_item=running.current_item_id
    )
    running.refresh_from_db()
    item.refresh_from_db()
    return item


def everybody_is_here(running: Meeting, *, by: User | None = None) -> None:
    assert running.body is not None
    presence_actions.come_all(running, deputies(running.body), by=by or secretary())


def here(running: Meeting, number: int) -> None:
    """The first so many members are present."""
    assert running.body is not None
    presence_actions.come_all(running, deputies(running.body)[:number], by=secretary())


def roll_call(running: Meeting, *, by: User | None = None, **asked: Any) -> RollCall:
    """An open one on the current item; everybody is there if nobody was noted before."""
    running.refresh_from_db()
    if not running.presences.exists():
        everybody_is_here(running, by=by)
    return rollcalls_actions.open_roll_call(
        running,
        by=by or secretary(),
        seen_item=running.current_item_id,
        **{"question": "Прийняти рішення в цілому", "no_quorum_reason": "Перевірка", **asked},
    )


def quick_poll(
    running: Meeting,
    text: str = "Оголосити перерву?",
    *options: str,
    by: User | None = None,
    **how: Any,
) -> QuickPoll:
    """An open survey of those present, on the current item."""
    asked = {
        "text": text,
        "kind": "single" if options else "yes_no",
        "options": [{"text": option} for option in options],
    }
    return quickpolls_actions.open_quick_poll(
        running, by=by or secretary(), question=asked, seen_item=running.current_item_id, **how
    )


def question(
    of: Meeting, author: User, *, state: str = "waiting", by: User | None = None, **asked: Any
) -> Question:
    """A question of ``author``'s in a state that ``by`` has brought it to."""
    by = by or secretary()
    made = questions_actions.ask(of, by=author, **{"text": "Коли полагодять дорогу?", **asked})
    if state == "waiting":
        return made
    if state == "hidden":
        return questions_actions.hide(made, by=by, reason="Не стосується питання")
    made = questions_actions.show(made, by=by)
    if state == "answered":
        return questions_actions.answer(made, by=by, text="У червні.")
    if state == "later":
        return questions_actions.leave_for_later(made, by=by)
    return made


def speaker(item: Item, *, by: User | None = None, **said: Any) -> Speaker:
    """Somebody in the hall who waits for the floor."""
    return speakers_actions.add_speaker(
        item, by=by or secretary(), **{"name": "Ганна Мороз", **said}
    )


def interrupted(kind: str = "alarm") -> Meeting:
    """A session interrupted for ten minutes amid a roll-call, while somebody has the floor."""
    by, running = secretary(), meeting(State.RUNNING)
    speakers_actions.begin_speech(speaker(on_item(running)), by=by, seen_speaker=None)
    roll_call(running)
    until = clock.now() + timedelta(minutes=10)
    pauses.begin_pause(running, by=by, kind=kind, resumes_at=until)
    running.refresh_from_db()
    return running


def show_of_hands(running: Meeting, *, by: User | None = None, **asked: Any) -> ShowOfHands:
    """An open one."""
    running.refresh_from_db()
    said = {"question": "Чи потрібна тут зупинка?", "seen_item": running.current_item_id}
    return hall.open_show(running, by=by or secretary(), **{**said, **asked})


@contextmanager
def refused(code: str) -> Iterator[None]:
    """What is done within is refused with this code."""
    with pytest.raises(Refused) as caught, transaction.atomic():
        yield
    assert caught.value.verdict.code == code
