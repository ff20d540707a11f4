"""A meeting's display: one view, chosen by the meeting's state.

The same for everybody who watches: no request, no user. Only what everybody may read is ever in it.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.displays import layout
from core.displays.screens import Screen, mark_rotation
from core.domain.council import local_council
from core.templatetags.components import thousands
from meetings import queries
from meetings.displays import course
from meetings.displays.join import code_of as join_code
from meetings.displays.pictures import PICTURES
from meetings.hall.boards import hands_board
from meetings.models import Item, LogEntry, Meeting, Question
from meetings.paper_ballots.boards import BALLOT_ENTRIES, ballot_board
from meetings.pauses.boards import pause_board
from meetings.presence.queries import NOBODY, Attendance, attendance_of
from meetings.presenters import ShownMeeting
from meetings.quickpolls import boards as quickpolls_boards
from meetings.rollcalls import boards as rollcalls_boards

#: Entries of the log after which a published result stands on the display no more.
_ENDS_RESULT = (
    *(LogEntry.Kind.ITEM, LogEntry.Kind.ITEM_DONE, LogEntry.Kind.SPEAKS, LogEntry.Kind.QUESTION),
    *(LogEntry.Kind.ROLL_CALL, LogEntry.Kind.ROLL_CALL_CLOSED),
    *(LogEntry.Kind.ROLL_CALL_PUBLISHED, LogEntry.Kind.HANDS, LogEntry.Kind.HANDS_CLOSED),
    *BALLOT_ENTRIES,
)


def display_context(
    shown: ShownMeeting, picture: str = "main", words: str = "", *, at_once: bool = False
) -> dict[str, Any]:
    """A display that shows ``picture``, with the ``words`` of an announcement: at most twelve
    queries. What is not there now (nobody speaks, the item has no poll) gives way to the main
    picture, and a blanked display shows nothing of any.

    ``at_once``: the bars of a survey are counted now.
    """
    meeting = shown.meeting
    found = _view(shown, picture, words, at_once=at_once)
    screens: list[Screen] = found.setdefault("screens", [])
    context = {
        "turn": layout.TURN,
        "turns_from": mark_rotation(screens, shown.now, found.pop("since", None)),
        "board_url": f"{reverse('meetings:display', args=[meeting.pk])}?board",
        "join_url": settings.SITE_URL + meeting.get_absolute_url(),
        "join_code": join_code(meeting.pk),
        "join_page": settings.SITE_URL + reverse("join"),
        "council": local_council(),
    }
    return shown.context(**(context | found))


def _view(shown: ShownMeeting, picture: str, words: str, *, at_once: bool) -> dict[str, Any]:
    meeting = shown.meeting
    if shown.is_running and meeting.is_blank:
        return {"view": "blank"}
    if (paused := pause_board(shown)) is not None:
        return paused
    found = _picture(shown, picture, words)
    if found is not None:
        return found
    if not shown.is_running:
        return course.notice(shown)
    item = meeting.current_item
    if survey := quickpolls_boards.poll_context(meeting, at_once=at_once):
        return survey
    here = attendance_of(meeting) if shown.is_running and meeting.body is not None else None
    beside = {"figures": _figures(meeting, here), "quorum": here, "item": item}
    if (hands := hands_board(meeting, _last_log_kind)) is not None:
        return beside | hands
    if item is None:
        return beside | course.agenda(meeting)
    return beside | _on_item(meeting, item, here or NOBODY)


def title_of(shown: ShownMeeting) -> str:
    """Title of the current matter in so few letters that they are read at a glance, or of the
    meeting.
    """
    item = shown.meeting.current_item if shown.is_running else None
    if item is not None:
        return course.first_letters(item.title, item.short_title)[0]
    return course.first_letters(shown.meeting.title)[0]


def _picture(shown: ShownMeeting, picture: str, words: str) -> dict[str, Any] | None:
    """Context of a fixed picture; None where it follows the meeting, or there is nothing."""
    draw = PICTURES.get(picture)
    found = draw(shown, words) if draw else None
    if found is None or found.get("is_wide"):
        return found
    meeting = shown.meeting
    here = found.get("quorum")
    if here is None and shown.is_running and meeting.body is not None:
        here = attendance_of(meeting)
    beside = {"figures": _figures(meeting, here), "quorum": here}
    return beside | {"item": meeting.current_item} | found


def _on_item(meeting: Meeting, item: Item, here: Attendance) -> dict[str, Any]:
    last_roll_call = item.roll_calls.select_related("item", "annulment").order_by("-pk").first()
    if last_roll_call is not None and last_roll_call.published_at is None:
        return rollcalls_boards.roll_call(meeting, last_roll_call, here)
    last_kind = _last_log_kind(meeting)
    if last_roll_call is not None and last_kind == LogEntry.Kind.ROLL_CALL_PUBLISHED:
        return rollcalls_boards.result(last_roll_call)
    if (ballot := ballot_board(item, last_kind)) is not None:
        return ballot
    speakers = list(queries.speakers_of(item))
    speaking = next((one for one in speakers if one.is_speaking), None)
    live = queries.question_on_displays_of(meeting)
    if live is not None and live.state == Question.State.SHOWN:
        return course.question(live) | course.beside(speaking)
    if speaking is not None:
        return course.speaker(speaking, speakers)
    return course.item(item, _following(meeting, item))


def _following(meeting: Meeting, item: Item) -> Item | None:
    """The next item that is planned."""
    planned = meeting.items.filter(state=Item.State.PLANNED, order__gt=item.order)
    return planned.order_by("order").first()


def _last_log_kind(meeting: Meeting) -> str | None:
    # A question whose delay has just ended is not in the log yet.
    if meeting.question_due_at is not None and queries.question_on_displays_of(meeting):
        return LogEntry.Kind.QUESTION
    entries = meeting.log.filter(kind__in=_ENDS_RESULT).order_by("-pk")
    return entries.values_list("kind", flat=True).first()


def _figures(meeting: Meeting, here: Attendance | None) -> list[tuple[str, str]]:
    """Figures beside: people present, and questions that everybody reads."""
    figures = []
    if here is not None:
        label = _("present, of %(all)d") if here.has_quorum else _("present, of %(all)d: no quorum")
        figures.append((label % {"all": here.total}, str(here.present)))
    asked = meeting.questions.public().count()
    if asked:
        label = ngettext("question from the floor", "questions from the floor", asked)
        figures.append((label, thousands(asked)))
    return figures
