"""Views of a meeting's display that follow its course: notice, agenda, item, question, speaker,
roll-call and result. Each answers a context of templates/meetings/display_main.html."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from core.displays import layout
from core.displays.layout import GAP, HEIGHT, Text
from core.displays.screens import Screen, slices, spread
from meetings import pages, reading
from meetings.displays.names import short_names
from meetings.models import Item, Meeting, Question, RollCall, Speaker, State, Vote
from meetings.presenters import Cell, ShownMeeting, ShownRollCall, ShownSpeaker
from meetings.rules.majority import needed
from meetings.rules.speakers import in_order

#: A heading above a grid is not higher; a longer one has a screen of its own.
_ABOVE_GRID = 10.0
#: Lines above what a screen shows: which item this is, who asks.
_NOTE = 2.6 + GAP
#: A name in the column beside has so many lines at most.
_LINES_BESIDE = 3
#: Between two who wait to speak.
_ROW = 0.6


def notice(shown: ShownMeeting) -> dict[str, Any]:
    """Before it, after it, or called off: what, when, where."""
    meeting = shown.meeting
    begins = localtime(meeting.begins_at)
    words = {
        State.CANCELLED: _("The meeting was cancelled: %(reason)s")
        % {"reason": meeting.cancelled_reason},
        State.CLOSED: _("The meeting is over. Decisions and votes are on its page."),
    }
    title = Text(meeting.title, is_bold=True)
    when = Text(date_format(begins, "j E Y, H:i"), (46, 36, 30))
    where = Text(words.get(shown.state, meeting.place), (36, 30, 24, 21, 19))
    title_size, when_size, where_size = layout.fit((title, when, where), HEIGHT - 4)
    return {
        "view": "notice",
        "title_size": title_size,
        "when": when.words,
        "when_size": when_size,
        "where": where.words,
        "where_size": where_size,
    }


def agenda(meeting: Meeting) -> dict[str, Any]:
    """Between two items, before the first and after the last: the agenda."""
    items = list(meeting.items.exclude(state=Item.State.DROPPED).order_by("order"))
    names = tuple(f"{item.order}. {item.title}" for item in items)
    heading = Text(meeting.title, (36, 30, 24, 21, 19), is_bold=True)

    def contents(height: float, _most: int) -> Iterator[Screen]:
        grid = layout.grid(names, height, most_columns=1)
        for first, last in slices(grid.parts):
            yield Screen(items=items[first:last], size=grid.size)

    return {
        "view": "agenda",
        "title": meeting.title,
        "screens": spread(heading, contents),
    }


def item(item: Item) -> dict[str, Any]:
    """The item that is considered, with its text in pages."""
    rapporteur = _("Rapporteur: %(who)s") % {"who": item.presenter} if item.presenter else ""
    text = "\n".join(filter(None, (rapporteur, item.text)))
    heading = Text(item.title, layout.SIZES if not text else layout.SIZES[1:], is_bold=True)
    if not text:
        (size,) = layout.fit((heading,), HEIGHT - _NOTE)
        return {"view": "item", "title": item.title, "screens": [Screen(heading.words, size)]}

    def contents(height: float, most: int) -> Iterator[Screen]:
        sizes = [size for size in (36, 30) if size <= most]
        fits = (size for size in sizes if len(layout.pages(text, size, height)) == 1)
        size = next(fits, 24)
        for page in layout.pages(text, size, height):
            yield Screen(paragraphs=page, size=size)

    screens = spread(heading, contents, HEIGHT - _NOTE)
    return {"view": "item", "title": item.title, "screens": screens, "since": item.opened_at}


def question(question: Question) -> dict[str, Any]:
    """The question that stands on the displays, with its support."""
    text = Text(question.text, (46, 36, 30, 24, 21, 19), is_bold=True)
    author = Text(question.author_shown, (30, 24, 19))
    sizes = layout.fit((text, author), HEIGHT - _NOTE)
    return {
        "view": "question",
        "question": question,
        "supporters": question.supports.count(),
        "size": sizes[0],
        "author_size": sizes[1],
    }


def beside(speaking: Speaker | None) -> dict[str, Any]:
    """Who answers a question, with their countdown instead of the figures; by name if that leaves
    room for the rest."""
    if speaking is None:
        return {"speaking": None}
    shown = ShownSpeaker.of(speaking)
    is_short = layout.lines(shown.name, layout.SIZES[-1], layout.BESIDE) <= _LINES_BESIDE
    return {"speaking": shown, "speaking_name": shown.name if is_short else "", "figures": []}


def speaker(speaking: Speaker, speakers: Iterable[Speaker]) -> dict[str, Any]:
    """Who has the floor, for how long still, and who comes next."""
    shown = ShownSpeaker.of(speaking)
    name = Text(shown.name, (60, 46, 36, 30, 24), is_bold=True)
    faction = Text(shown.beside, (30, 24, 19))
    height = HEIGHT - 18.0  # the countdown, and how they speak
    sizes = layout.fit((name, faction), height)
    left = height - name.height(sizes[0]) - faction.height(sizes[1]) - GAP
    coming, waiting = [], in_order(speakers)
    for speaker in waiting[:3]:
        left -= Text(speaker.name_shown).height(24) + _ROW
        if left < 0:
            break
        coming.append(ShownSpeaker.of(speaker))
    return {
        "view": "speaker",
        "speaking": shown,
        "size": sizes[0],
        "faction_size": sizes[1],
        "coming": coming,
        "more": len(waiting) - len(coming),
    }


def roll_call(meeting: Meeting, roll_call: RollCall) -> dict[str, Any]:
    """An open roll-call, or one that waits to be published: who has voted, not how."""
    voted = set(roll_call.votes.filter(choice__in=Vote.CAST).values_list("deputy_id", flat=True))
    members = list(reading.voters_of(roll_call, meeting).order_by("name_key", "pk"))
    cells = [
        Cell(member.pk, member.name, "", "voted" if member.pk in voted else "", "", "")
        for member in members
    ]
    takes = None
    if roll_call.needs != RollCall.Needs.PROCEDURAL:
        takes = needed(roll_call.needs, membership=roll_call.membership, present=0)
    return {
        "view": "roll_call",
        "roll_call": ShownRollCall(roll_call, len(voted)),
        "takes": takes,
        "title": roll_call.question,
        "screens": _grid(roll_call.question, cells),
        "since": roll_call.opened_at,
    }


def result(roll_call: RollCall) -> dict[str, Any]:
    """A published roll-call: who voted how, and what that came to."""
    shown = pages.with_votes(roll_call)
    return {
        "view": "result",
        "roll_call": shown,
        "title": roll_call.question,
        "screens": _grid(roll_call.question, list(shown.cells)),
        "since": roll_call.published_at,
    }


#: Of so few the names are shown in full.
_MOST_IN_FULL = 12


def _grid(question: str, cells: Sequence[Cell]) -> list[Screen]:
    """The question, and the members in a grid."""
    names = [cell.name for cell in cells]
    shown = names if len(names) <= _MOST_IN_FULL else short_names(names)
    named = [replace(cell, name=name) for cell, name in zip(cells, shown, strict=True)]

    def contents(height: float, _most: int) -> Iterator[Screen]:
        grid = layout.grid(tuple(shown), height)
        for first, last in slices(grid.parts):
            yield Screen(cells=named[first:last], size=grid.size, columns=grid.columns)

    heading = Text(question, (36, 30, 24, 21, 19), is_bold=True)
    return spread(heading, contents, highest=_ABOVE_GRID)
