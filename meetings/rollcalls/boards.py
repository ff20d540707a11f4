"""The views of a roll-call on a display: on one screen what is put to the vote and every seat, then
the rest of a long question and who voted how; the figures stand beside all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from core.displays import layout
from core.displays.layout import GAP, HEIGHT, LARGE, NOTE, Text
from core.displays.screens import Screen, slices
from core.domain.calendar import local_date
from meetings import pages, queries
from meetings.displays import hemicycle
from meetings.displays.course import first_letters
from meetings.displays.hemicycle import Hemicycle
from meetings.displays.names import short_names
from meetings.models import Meeting, RollCall, Seat, Vote
from meetings.presence.queries import Attendance
from meetings.rollcalls.majority import votes_needed
from meetings.rollcalls.presenters import Cell, ShownRollCall

#: Of so few members the names are shown in full, and stand below the seats.
_MOST_IN_FULL = 12
#: A hemicycle that is higher than this gives way to larger letters of the question.
_HIGH_ENOUGH = 24
_QUESTION_SIZES = (70, 63, 56, 50, 46, 42, LARGE)


def roll_call(meeting: Meeting, roll_call: RollCall, here: Attendance) -> dict[str, Any]:
    """An open roll-call, or one that waits to be published: who has voted, not how; ``here``: who
    is present, of whom the others are told apart."""
    voted = set(roll_call.votes.filter(choice__in=Vote.CAST).values_list("deputy_id", flat=True))
    members = list(queries.voters_of(roll_call, meeting).order_by("name_key", "pk"))
    cells = [
        Cell(
            member.pk,
            member.name,
            member.faction.local_name if member.faction else "",
            "voted" if member.pk in voted else "" if member.pk in here else "absent",
            "",
            "",
        )
        for member in members
    ]
    takes = None
    if roll_call.needs != RollCall.Needs.PROCEDURAL:
        takes = votes_needed(roll_call.needs, membership=roll_call.membership, present=0)
    words = _("of %(all)d") % {"all": roll_call.membership}
    return {
        "view": "roll_call",
        "roll_call": ShownRollCall(roll_call, len(voted)),
        "takes": takes,
        "not_yet": sum(not cell.choice for cell in cells),
        "seats_in_words": f"{len(voted)} {words}",
        "title": roll_call.question,
        "screens": _screens(roll_call, cells, given=len(voted), words=words),
        "since": roll_call.opened_at,
    }


def result(roll_call: RollCall) -> dict[str, Any]:
    """A published roll-call: who voted how, and what that came to."""
    shown = pages.with_votes(roll_call)
    assert shown.result is not None  # noqa: S101 - it is published
    words = _("of %(needed)d needed") % {"needed": shown.result.needed}
    screens = _screens(
        roll_call,
        shown.cells,
        given=shown.result.for_,
        words=words,
        mark=shown.result.needed,
    )
    return {
        "view": "result",
        "roll_call": shown,
        "seats_in_words": f"{shown.result.for_} {words}",
        "title": roll_call.question,
        "screens": screens,
        "since": roll_call.published_at,
    }


def _screens(
    roll_call: RollCall,
    cells: Sequence[Cell],
    *,
    given: int,
    words: str,
    mark: int | None = None,
) -> list[Screen]:
    question = roll_call.question
    heading, rest = first_letters(question, roll_call.short_question)
    size, height = _above_seats(heading)
    if not height:
        heading, rest = first_letters(question, tolerated=0)
        size, height = _above_seats(heading)
    drawn = _draw(
        roll_call, cells, height or hemicycle.HEIGHTS[-1], given=given, words=words, mark=mark
    )
    screens = [Screen(heading, size, seats=drawn)]
    if rest:
        letters, found = layout.read_in(question, HEIGHT - NOTE, HEIGHT - NOTE)
        note = _("What is put to the vote")
        screens += [Screen(paragraphs=page, size=letters, note=note) for page in found]
    note = _("Who has voted") if roll_call.published_at is None else _("Who voted how")
    return [*screens, *_names(cells, note)]


def _above_seats(heading: str) -> tuple[int, int]:
    """The size of the question's letters, and how high the seats below it are; 0 if it leaves them
    no room."""
    for size in _QUESTION_SIZES:
        left = HEIGHT - Text(heading, is_bold=True).height(size) - GAP
        height = next((each for each in hemicycle.HEIGHTS if each <= left), 0)
        if height >= _HIGH_ENOUGH:
            return size, height
    return LARGE, height


def _draw(
    roll_call: RollCall,
    cells: Sequence[Cell],
    height: int,
    *,
    given: int,
    words: str,
    mark: int | None,
) -> Hemicycle:
    """By the numbers of their seats, where each has one; else by factions. One query."""
    numbers = _numbers(roll_call)
    numbered = {cell.deputy_id: numbers.get(cell.deputy_id) for cell in cells}
    if cells and all(numbered.values()):
        ordered = sorted(cells, key=lambda cell: numbered[cell.deputy_id] or 0)
        shown = [numbered[cell.deputy_id] or 0 for cell in ordered]
    else:
        groups = hemicycle.in_groups(Counter(cell.faction for cell in cells))
        ordered, shown = sorted(cells, key=lambda cell: groups.index(cell.faction)), []
    return hemicycle.draw(
        [cell.choice or "waiting" for cell in ordered],
        height=height,
        given=given,
        of=roll_call.membership,
        words=words,
        mark=mark,
        numbers=shown,
    )


def _numbers(roll_call: RollCall) -> dict[int, int]:
    """The numbers of the members' seats on the day of the vote."""
    bodies = Meeting.objects.filter(items=roll_call.item_id).values("body")
    seats = Seat.objects.on(local_date(roll_call.opened_at)).filter(
        body__in=bodies, number__isnull=False
    )
    rows = seats.values_list("deputy_id", "number")
    return {deputy_id: number for deputy_id, number in rows if number is not None}


def _names(cells: Sequence[Cell], note: str) -> list[Screen]:
    """The members in a grid, on one screen where that can be."""
    names = [cell.name for cell in cells]
    height = HEIGHT - NOTE
    ways = [names] if len(names) <= _MOST_IN_FULL else [short_names(names, n) for n in (2, 1)]
    grids = [layout.grid(tuple(each), height) for each in ways]
    shown, grid = min(zip(ways, grids, strict=True), key=lambda way: len(way[1].parts))
    named = [replace(cell, name=name) for cell, name in zip(cells, shown, strict=True)]
    return [
        Screen(cells=named[first:last], size=grid.size, columns=grid.columns, note=note)
        for first, last in slices(grid.parts)
    ]
