"""Views of a meeting's display that follow its course: notice, agenda, item, question, speaker.
Each answers a context of templates/meetings/display_main.html; those of a roll-call are made by
meetings/rollcalls/boards.py."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from core.displays import layout
from core.displays.layout import FIRST_LETTERS, GAP, HEIGHT, HUGE, LARGE, LEAST, NOTE, SIZES, Text
from core.displays.letters import cut
from core.displays.screens import Screen, slices, spread
from meetings.models import Item, LogEntry, Meeting, Question, Speaker, State
from meetings.presenters import ShownMeeting, ShownSpeaker
from meetings.speakers.rules import in_order

#: A title or a name that is longer than any that is meant to be large.
_SMALLER = tuple(size for size in SIZES if size < LARGE)
#: A name in the column beside has so many lines at most.
_LINES_BESIDE = 3
#: Between two who wait to speak.
_ROW = 0.6
#: Letters of who comes next, and of the countdown.
_COMING, _COUNTDOWNS = 27, (180, 160, 140, 124, 110, 98, 88, 78, 70, 60)
#: A line below what a screen shows: what comes next.
_FOOT = 3.0 + GAP
#: Above a list the title of a meeting is not higher.
_ABOVE_LIST = 9.0


def first_letters(words: str, short: str = "", tolerated: int = 170) -> tuple[str, str]:
    """The large part of a title, its short form or its first letters, and the rest: all of it where
    there is a short form of other words. Of one that is hardly longer, up to ``tolerated``, nothing
    is left for other screens.
    """
    if len(words) <= FIRST_LETTERS or (not short and len(words) <= tolerated):
        return words, ""
    if short:
        return short, words
    head, rest = cut(words, FIRST_LETTERS)
    return f"{head}…", f"… {rest}"


def notice(shown: ShownMeeting) -> dict[str, Any]:
    """Before it, after it, or called off: what, when, where."""
    meeting = shown.meeting
    begins = localtime(meeting.begins_at)
    words = {
        State.CANCELLED: _("The meeting was cancelled: %(reason)s")
        % {"reason": meeting.cancelled_reason},
        State.CLOSED: _("The meeting is over. Decisions and votes are on its page."),
    }
    title = Text(meeting.title, (*HUGE, *_SMALLER), is_bold=True)
    when = Text(date_format(begins, "j E Y, H:i"), (60, 56, 50, 46, 42, LARGE))
    where = Text(words.get(shown.state, meeting.place), SIZES)
    title_size, when_size, where_size = layout.fit((title, when, where), HEIGHT - GAP)
    return {
        "view": "notice",
        "title_size": title_size,
        "when": when.words,
        "when_size": when_size,
        "where": where.words,
        "where_size": where_size,
    }


@dataclass(frozen=True, slots=True)
class _Row:
    """An item of the agenda with what a list shows of its title."""

    item: Item
    words: str


def agenda(meeting: Meeting) -> dict[str, Any]:
    """Between two items, before the first and after the last: the agenda, from what is considered
    now or comes next on; what is behind comes last."""
    items = list(meeting.items.exclude(state=Item.State.DROPPED).order_by("order"))
    rows = [_Row(each, first_letters(each.title, each.short_title)[0]) for each in items]
    done = [row for row in rows if row.item.state == Item.State.DONE]
    rows = [row for row in rows if row.item.state != Item.State.DONE] + done
    names = tuple(f"{row.item.order}. {row.words}" for row in rows)
    heading = Text(first_letters(meeting.title)[0], SIZES[4:], is_bold=True)
    moments = [moment for item in items for moment in (item.opened_at, item.closed_at) if moment]

    def contents(height: float, _most: int) -> Iterator[Screen]:
        grid = layout.grid(names, height, most_columns=1)
        for first, last in slices(grid.parts):
            yield Screen(items=rows[first:last], size=grid.size)

    screens = spread(heading, contents, HEIGHT - NOTE, highest=_ABOVE_LIST)
    return {
        "view": "agenda",
        "title": meeting.title,
        "done": len(done),
        "of": len(items),
        "screens": screens,
        "since": max(moments, default=meeting.opened_at),
    }


def item(item: Item, following: Item | None = None) -> dict[str, Any]:
    """The item that is considered, with its text in pages; ``following``: what comes next."""
    rapporteur = _("Rapporteur: %(who)s") % {"who": item.presenter} if item.presenter else ""
    title, rest = first_letters(item.title, item.short_title)
    if not (item.text or item.presenter or item.short_title):
        title, rest = _whole(item.title)
    text = "\n".join(filter(None, (rest, rapporteur, item.text)))
    foot = _("Next: %(item)s") % {"item": item_line(following)} if following else ""
    height = HEIGHT - NOTE - (_FOOT if foot else 0)
    heading = Text(title, HUGE if not text else HUGE[6:], is_bold=True)
    found = {"view": "item", "title": title, "foot": foot, "since": item.opened_at}
    if not text:
        (size,) = layout.fit((heading,), height)
        return found | {"screens": [Screen(title, size)]}
    size, letters, pages = _with_text(heading, text, height)
    screens = [Screen(paragraphs=page, size=letters) for page in pages]
    if screens and heading.height(size) + GAP + _text_height(pages[0], letters) <= height:
        screens[0].heading, screens[0].heading_size = title, size
    else:
        screens.insert(0, Screen(title, size))
    return found | {"screens": screens}


def _whole(title: str) -> tuple[str, str]:
    """A title that has the screen to itself, whole where it fits in large letters."""
    text = Text(title, is_bold=True)
    fits = text.height(LARGE) <= HEIGHT - NOTE - _FOOT
    return (title, "") if fits else first_letters(title)


def _with_text(
    heading: Text, text: str, height: float
) -> tuple[int, int, tuple[tuple[str, ...], ...]]:
    """The size of the title, that of the text's letters, and its pages, the first of them below
    the title: as few screens as can be, in letters as large as they stand on so many."""
    best: tuple[int, int, tuple[tuple[str, ...], ...]] | None = None
    for size in heading.sizes:
        left = height - heading.height(size) - GAP
        if left < 3 * layout.READING[-1] / 10 * layout.LEADING:
            continue
        sizes = tuple(each for each in layout.READING if each < size)
        letters, pages = layout.read_in(text, height, left, sizes=sizes)
        if best is None or len(pages) < len(best[2]):
            best = size, letters, pages
    if best is None:
        (size,) = layout.fit((heading,), height)
        return size, *layout.read_in(text, height, height)
    return best


def _text_height(page: tuple[str, ...], size: int) -> float:
    return sum(layout.lines(each, size) for each in page) * size / 10 * layout.LEADING


def question(question: Question) -> dict[str, Any]:
    """The question that stands on the displays, with its support: whole, or in pages."""
    author = Text(question.author_shown, (34, 30, 27, 24, 21, LEAST))
    height = HEIGHT - NOTE
    text = Text(question.text, HUGE, is_bold=True)
    size, author_size = layout.fit((text, author), height)
    height -= author.height(author_size) + GAP
    screens, since = [Screen(question.text, size)], None
    if text.height(size) > height:
        pages = layout.pages(question.text, LARGE, height, is_bold=True)
        screens = [Screen("\n".join(page), LARGE) for page in pages]
        since = question.meeting.log.filter(kind=LogEntry.Kind.QUESTION).order_by("-pk").first()
    return {
        "view": "question",
        "title": question.text,
        "question": question,
        "supporters": question.supports.count(),
        "screens": screens,
        "author_size": author_size,
        "since": since.at if since else None,
    }


def item_line(item: Item) -> str:
    """An item in a line about what comes next."""
    return f"{item.order}. {first_letters(item.title, item.short_title)[0]}"


def beside(speaking: Speaker | None) -> dict[str, Any]:
    """The person answering a question, with their countdown instead of the figures; by name if that
    leaves room for the rest.
    """
    if speaking is None:
        return {"speaking": None}
    shown = ShownSpeaker.of(speaking)
    is_short = layout.lines(shown.name, layout.SIZES[-1], layout.BESIDE) <= _LINES_BESIDE
    return {"speaking": shown, "speaking_name": shown.name if is_short else "", "figures": []}


def speaker(speaking: Speaker, speakers: Iterable[Speaker]) -> dict[str, Any]:
    """The speaker, their time left, and the next one."""
    shown = ShownSpeaker.of(speaking)
    name = Text(shown.name, (*HUGE[6:], *_SMALLER), is_bold=True)
    faction = Text(shown.beside, (34, 30, 27, 24, 21, LEAST))
    waiting = in_order(speakers)
    first = Text(waiting[0].name_shown).height(_COMING) + _ROW if waiting else 0
    height = HEIGHT - NOTE - _COUNTDOWNS[-1] / 10 - GAP
    size, faction_size = layout.fit((name, faction), height - first)
    left = HEIGHT - NOTE - name.height(size) - faction.height(faction_size) - 2 * GAP
    countdown = next(
        (each for each in _COUNTDOWNS if each / 10 + first + _FOOT + GAP <= left), None
    )
    countdown = countdown or _COUNTDOWNS[-1]
    left -= countdown / 10 + GAP
    coming = []
    for number, speaker in enumerate(waiting[:3], 1):
        left -= Text(speaker.name_shown).height(_COMING) + _ROW
        if left < (_FOOT if number < len(waiting) else 0):
            break
        coming.append(ShownSpeaker.of(speaker))
    return {
        "view": "speaker",
        "speaking": shown,
        "size": size,
        "faction_size": faction_size,
        "countdown_size": countdown,
        "coming": coming,
        "coming_size": _COMING,
        "more": len(waiting) - len(coming),
    }
