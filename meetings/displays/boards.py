"""What a meeting's display shows: one view, chosen by where the meeting stands.

The same for everybody who watches: no request, no user. Only what everybody may read is ever in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.domain.council import council
from core.templatetags.components import thousands
from meetings import pages, reading
from meetings.displays import layout, quickpoll
from meetings.displays.layout import GAP, HEIGHT, Text
from meetings.models import Item, LogEntry, Meeting, Question, RollCall, Speaker, State, Vote
from meetings.presenters import Cell, ShownMeeting, ShownRollCall, ShownSpeaker
from meetings.rules.majority import needed
from meetings.rules.speakers import in_order

#: Entries of the log after which a published result stands on the display no more.
_TURNS = (
    *(LogEntry.Kind.ITEM, LogEntry.Kind.ITEM_DONE, LogEntry.Kind.SPEAKS, LogEntry.Kind.QUESTION),
    *(LogEntry.Kind.ROLL_CALL, LogEntry.Kind.ROLL_CALL_CLOSED),
    LogEntry.Kind.ROLL_CALL_PUBLISHED,
)
#: A heading above a text, or above a grid, is not higher; a longer one has a screen of its own.
_ABOVE_TEXT, _ABOVE_GRID = 13.0, 10.0
#: Lines above what a screen shows: which item this is, who asks.
_NOTE = 2.6 + GAP
#: A name in the column beside has so many lines at most.
_LINES_BESIDE = 3
#: Between two who wait to speak.
_ROW = 0.6


@dataclass(slots=True)
class Screen:
    """What stands on the display at a time; sizes are classes of css/display-meetings.css.

    ``heading`` is "" where an earlier screen has shown it, and where it stands in ``paragraphs``.
    """

    heading: str = ""
    heading_size: int = layout.SIZES[-1]
    paragraphs: tuple[str, ...] = ()
    size: int = layout.SIZES[-1]
    cells: Sequence[Cell] = ()
    items: Sequence[Item] = ()
    columns: int = 1
    is_now: bool = False


def display_context(shown: ShownMeeting, *, at_once: bool = False) -> dict[str, Any]:
    """The display as it stands: at most ten queries.

    ``at_once``: the bars of a survey are counted now.
    """
    meeting = shown.meeting
    found = _view(shown, at_once=at_once)
    screens: list[Screen] = found.setdefault("screens", [])
    if screens:
        screens[int(shown.now.timestamp() // layout.TURN) % len(screens)].is_now = True
    return shown.context(
        turn=layout.TURN,
        board_url=f"{reverse('meetings:display', args=[meeting.pk])}?board",
        join_url=settings.SITE_URL + meeting.get_absolute_url(),
        council=council(),
        **found,
    )


def _view(shown: ShownMeeting, *, at_once: bool) -> dict[str, Any]:
    meeting = shown.meeting
    if shown.is_running and meeting.is_blank:
        return {"view": "blank"}
    if not shown.is_running:
        return _notice(shown)
    item = meeting.current_item
    if survey := quickpoll.polled(meeting, at_once=at_once):
        return survey
    beside = {"figures": _figures(meeting), "item": item}
    if item is None:
        return beside | _agenda(meeting)
    return beside | _on_item(meeting, item)


def _on_item(meeting: Meeting, item: Item) -> dict[str, Any]:
    last_roll_call = item.roll_calls.select_related("item").order_by("-pk").first()
    if last_roll_call is not None:
        if last_roll_call.published_at is None:
            return _roll_call(meeting, last_roll_call)
        if _last_turn(meeting) == LogEntry.Kind.ROLL_CALL_PUBLISHED:
            return _result(last_roll_call)
    speakers = list(reading.speakers_of(item))
    speaking = next((one for one in speakers if one.is_speaking), None)
    live = reading.live_question_of(meeting)
    if live is not None and live.state == Question.State.SHOWN:
        return _question(live) | _beside(speaking)
    if speaking is not None:
        return _speaker(speaking, speakers)
    return _item(item)


def _last_turn(meeting: Meeting) -> str | None:
    entries = meeting.log.filter(kind__in=_TURNS).order_by("-pk")
    return entries.values_list("kind", flat=True).first()


def _figures(meeting: Meeting) -> list[tuple[str, str]]:
    """What stands beside: how many are here, and how many questions everybody reads."""
    figures = []
    if meeting.body is not None:
        here = meeting.presences.filter(left_at=None).count()
        figures.append((_("present, of %(all)d") % {"all": meeting.body.membership}, str(here)))
    asked = meeting.questions.public().count()
    if asked:
        label = ngettext("question from the floor", "questions from the floor", asked)
        figures.append((label, thousands(asked)))
    return figures


def _notice(shown: ShownMeeting) -> dict[str, Any]:
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


def _agenda(meeting: Meeting) -> dict[str, Any]:
    """Between two items, before the first and after the last: the agenda."""
    items = list(meeting.items.exclude(state=Item.State.DROPPED).order_by("order"))
    names = tuple(f"{item.order}. {item.title}" for item in items)
    heading = Text(meeting.title, (36, 30, 24, 21, 19), is_bold=True)

    def contents(height: float, _most: int) -> Iterator[Screen]:
        grid = layout.grid(names, height, most_columns=1)
        for first, last in _slices(grid.parts):
            yield Screen(items=items[first:last], size=grid.size)

    return {
        "view": "agenda",
        "title": meeting.title,
        "screens": _spread(heading, contents),
    }


def _item(item: Item) -> dict[str, Any]:
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

    screens = _spread(heading, contents, HEIGHT - _NOTE)
    return {"view": "item", "title": item.title, "screens": screens}


def _question(question: Question) -> dict[str, Any]:
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


def _beside(speaking: Speaker | None) -> dict[str, Any]:
    """Who answers a question, with their countdown instead of the figures; by name if that leaves
    room for the rest."""
    if speaking is None:
        return {"speaking": None}
    shown = ShownSpeaker.of(speaking)
    is_short = layout.lines(shown.name, layout.SIZES[-1], layout.BESIDE) <= _LINES_BESIDE
    return {"speaking": shown, "speaking_name": shown.name if is_short else "", "figures": []}


def _speaker(speaking: Speaker, speakers: Iterable[Speaker]) -> dict[str, Any]:
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


def _roll_call(meeting: Meeting, roll_call: RollCall) -> dict[str, Any]:
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
    }


def _result(roll_call: RollCall) -> dict[str, Any]:
    """A published roll-call: who voted how, and what that came to."""
    shown = pages.with_votes(roll_call)
    return {
        "view": "result",
        "roll_call": shown,
        "title": roll_call.question,
        "screens": _grid(roll_call.question, list(shown.cells)),
    }


#: Of so few the names are shown in full.
_MOST_IN_FULL = 12


def _grid(question: str, cells: Sequence[Cell]) -> list[Screen]:
    """The question, and the members in a grid."""
    names = [cell.name for cell in cells]
    shown = names if len(names) <= _MOST_IN_FULL else layout.short_names(names)
    named = [replace(cell, name=name) for cell, name in zip(cells, shown, strict=True)]

    def contents(height: float, _most: int) -> Iterator[Screen]:
        grid = layout.grid(tuple(shown), height)
        for first, last in _slices(grid.parts):
            yield Screen(cells=named[first:last], size=grid.size, columns=grid.columns)

    heading = Text(question, (36, 30, 24, 21, 19), is_bold=True)
    return _spread(heading, contents, highest=_ABOVE_GRID)


def _spread(
    heading: Text,
    contents: Callable[[float, int], Iterable[Screen]],
    height: float = HEIGHT,
    highest: float = _ABOVE_TEXT,
) -> list[Screen]:
    """The heading above each screen of the contents; one that is too high on a screen of its own
    before them. ``contents`` is told how high a screen may be, and in which size its letters are at
    most."""
    (size,) = layout.fit((heading,), highest)
    taken = heading.height(size)
    if taken > highest:
        return [*_alone(heading, height), *contents(height, heading.sizes[0])]
    screens = list(contents(height - taken - GAP, size)) or [Screen()]
    for screen in screens:
        screen.heading, screen.heading_size = heading.words, size
    return screens


def _alone(heading: Text, height: float) -> list[Screen]:
    """A long heading on a screen of its own, or as a text on several."""
    (size,) = layout.fit((heading,), height)
    if heading.height(size) <= height:
        return [Screen(heading.words, size)]
    return [Screen(paragraphs=page, size=24) for page in layout.pages(heading.words, 24, height)]


def _slices(parts: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Where each part begins and ends."""
    first = 0
    for many in parts:
        yield first, first + many
        first += many
