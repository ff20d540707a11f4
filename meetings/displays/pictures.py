"""The pictures that a display may show whatever the course of the meeting: one function each.

Each gets the meeting and the words of the display, and answers a context of
templates/meetings/display_main.html; None where there is nothing of it now, so that the display
shows the main picture.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.pages import poll_of
from core.displays import layout
from core.displays.cards import Card, Figure
from core.displays.layout import GAP, HEIGHT, HUGE, NOTE, SIZES, WIDE, Text
from core.displays.screens import Screen, with_cards
from core.templatetags.components import thousands
from meetings import queries
from meetings.displays import course
from meetings.displays.clauses import draw_clause
from meetings.models import Item, Question, RollCall, State
from meetings.presence.queries import attendance_of
from meetings.presenters import ShownMeeting, ShownSpeaker
from meetings.rollcalls import boards
from meetings.speakers.rules import in_order
from votes import boards as polls
from votes import pages as poll_pages
from votes.models import Poll
from votes.presenters import ShownPoll

#: How many questions a display turns through, the most supported ones, and on how many screens:
#: three minutes.
_MOST_QUESTIONS, _MOST_SCREENS = 40, 12
#: How high the clock is with what is above and below it, and how many items it shows to come.
_CLOCK, _MOST_COMING = 24.0, 3
#: How high the speaker's time is at the lectern, and «time is over» below it.
_LECTERN = 33.0
#: Letters of what stands under the clock.
_UNDER_CLOCK = SIZES[1:]
#: Who waits to speak stands on one screen: the others are counted.
_MOST_WAITING = 12
#: What does not raise the meeting's topic (votes in a poll, remarks) is at most so old.
REFRESHED = timedelta(seconds=1)

type Picture = Callable[[ShownMeeting, str], dict[str, Any] | None]


def draw_agenda(shown: ShownMeeting, _words: str) -> dict[str, Any]:
    """The agenda, with what is behind and what is considered now."""
    return course.agenda(shown.meeting)


def draw_speaker(shown: ShownMeeting, _words: str) -> dict[str, Any] | None:
    """Draw the speaker, their time left, and the next one; or those who wait for the floor."""
    item = _current(shown)
    if item is None:
        return None
    speakers = list(queries.speakers_of(item))
    speaking = next((one for one in speakers if one.is_speaking), None)
    if speaking is not None:
        return course.speaker(speaking, speakers)
    waiting = in_order(speakers)
    if not waiting:
        return None
    names = tuple(speaker.name_shown for speaker in waiting[:_MOST_WAITING])
    heading = Text(_("Next to speak"), (42,), is_bold=True)
    grid = layout.grid(names, HEIGHT - 2 * NOTE - heading.height(42), most_columns=1)
    many = grid.parts[0]
    return {
        "view": "waiting",
        "title": heading.words,
        "size": grid.size,
        "coming": [ShownSpeaker.of(speaker) for speaker in waiting[:many]],
        "more": len(waiting) - many,
    }


def draw_lectern(shown: ShownMeeting, _words: str) -> dict[str, Any] | None:
    """The time of who has the floor, as large as it can be, for a display before the lectern."""
    speaking = queries.speaking_in(shown.meeting)
    if speaking is None:
        return None
    found = ShownSpeaker.of(speaking)
    name = Text(found.name, (60, 46, 36, 30, 24), is_bold=True)
    (size,) = layout.fit((name,), HEIGHT - _LECTERN, WIDE)
    return {"view": "lectern", "speaking": found, "size": size, "is_wide": True}


def draw_questions(shown: ShownMeeting, _words: str) -> dict[str, Any]:
    """Questions from the floor that everybody reads, the most supported first, in pages."""
    asked = queries.questions_of(shown.meeting, public=True).filter(state=Question.State.SHOWN)
    cards = [_question_card(question) for question in asked[:_MOST_QUESTIONS]]
    screens = with_cards(cards, HEIGHT - NOTE)[:_MOST_SCREENS]
    if not screens:
        title = Text(_("Nobody has asked anything yet"), HUGE, is_bold=True)
        screens = [Screen(title.words, layout.fit((title,), HEIGHT - 2 * NOTE)[0])]
    return {
        "view": "questions",
        "title": _("Questions from the floor"),
        "screens": screens,
        "foot": "" if cards else _("Ask by your telephone: the code is beside."),
    }


def _question_card(question: Any) -> Card:
    """``question`` comes from meetings.queries.questions_of."""
    number = question.supporters
    label = ngettext("supports it:", "support it:", number)
    figures = (Figure("agree", label, thousands(number)),) if number else ()
    return Card(question.text, foot=question.author_shown, figures=figures, kind="question")


def draw_poll(shown: ShownMeeting, _words: str) -> dict[str, Any] | None:
    """The poll of the item or of its consultation: what is asked, how to vote, and the bars as
    soon as its procedure lets everybody see them."""
    item = _current(shown)
    found = _poll_of(item) if item is not None else None
    if found is None:
        return None
    context = polls.display_context(found)
    # The board turns through the screens of the poll.
    return {
        "view": "item_poll",
        "ballot": context,
        "screens": context["screens"],
        "refreshed_at": shown.now + REFRESHED,
    }


def _poll_of(item: Item) -> ShownPoll | None:
    if item.poll_id is not None:
        row = poll_pages.for_page(Poll.objects.published()).filter(pk=item.poll_id).first()
        return ShownPoll.of(row) if row else None
    if item.consultation is None or not item.consultation.announced_at:
        return None
    return poll_of(item.consultation)


def draw_roll_call(shown: ShownMeeting, _words: str) -> dict[str, Any] | None:
    """The last roll-call: who has voted, or once it is published who voted how."""
    if not shown.is_running:
        return None
    rows = RollCall.objects.filter(item__meeting=shown.pk).select_related("item")
    last = rows.order_by("-pk").first()
    if last is None:
        return None
    if last.published_at is None:
        here = attendance_of(shown.meeting)
        return boards.roll_call(shown.meeting, last, here) | {"quorum": here}
    return boards.result(last)


def draw_announcement(_shown: ShownMeeting, words: str) -> dict[str, Any] | None:
    """The words of the display, as large as they fit."""
    words = words.strip()
    if not words:
        return None
    text = Text(words, HUGE, is_bold=True)
    height = HEIGHT - NOTE - GAP
    (size,) = layout.fit((text,), height, WIDE)
    if text.height(size, WIDE) <= height:
        screens = [Screen(paragraphs=tuple(filter(None, words.splitlines())), size=size)]
    else:
        least = HUGE[-1]
        pages = layout.pages(words, least, height, WIDE, is_bold=True)
        screens = [Screen(paragraphs=page, size=least) for page in pages]
    return {"view": "announcement", "title": _("Announcement"), "screens": screens, "is_wide": True}


def draw_clock(shown: ShownMeeting, _words: str) -> dict[str, Any]:
    """A large clock, and what comes next."""
    lines = _coming(shown)
    height = HEIGHT - _CLOCK
    while True:
        sizes = layout.fit(tuple(Text(line, _UNDER_CLOCK) for line in lines), height, WIDE)
        taken = sum(
            Text(line).height(size, WIDE) + GAP for line, size in zip(lines, sizes, strict=True)
        )
        if taken <= height or len(lines) <= 1:
            break
        lines = lines[:-1]
    return {
        "view": "clock",
        "title": shown.meeting.title,
        "lines": list(zip(lines, sizes, strict=True)),
        "is_wide": True,
    }


def _coming(shown: ShownMeeting) -> list[str]:
    """When it begins, or what is considered now and what comes after it: one query."""
    meeting = shown.meeting
    if shown.state == State.ANNOUNCED:
        begins = date_format(localtime(meeting.begins_at), "j E Y, H:i")
        return [meeting.title, _("Begins: %(when)s") % {"when": begins}]
    if shown.state != State.RUNNING:
        return [meeting.title, str(shown.state_label)]
    lines = []
    if meeting.current_item is not None:
        lines.append(_("Now: %(item)s") % {"item": course.item_line(meeting.current_item)})
    planned = meeting.items.filter(state=Item.State.PLANNED).order_by("order")[:_MOST_COMING]
    lines += [_("Next: %(item)s") % {"item": course.item_line(item)} for item in planned]
    return lines or [meeting.title]


def _current(shown: ShownMeeting) -> Item | None:
    """The item that is considered now."""
    return shown.meeting.current_item if shown.is_running else None


#: By the value of meetings.models.Picture; "main" follows the course (meetings/displays/boards.py).
PICTURES: dict[str, Picture] = {
    "agenda": draw_agenda,
    "clause": draw_clause,
    "speaker": draw_speaker,
    "questions": draw_questions,
    "poll": draw_poll,
    "roll_call": draw_roll_call,
    "announcement": draw_announcement,
    "clock": draw_clock,
    "lectern": draw_lectern,
}
