"""A meeting's displays: the code of a screen, what paired ones show, and their control."""

from __future__ import annotations

from core.domain import clock
from meetings.displays import actions, codes
from meetings.displays.actions import Look
from meetings.models import Meeting, Picture, State, Theme
from meetings.questions import actions as questions_actions
from tests.meetings import factories
from tests.pages.page_checks import PageCheck, PageChecks, of
from tests.pages.page_walk import PageWalk
from tests.pages.steps import open_all, send, send_no_text

WORDS = "Перерва до 11:00. Журналістів просимо до кімнати 214 на другому поверсі."


def _meeting(town: PageWalk) -> Meeting:
    """One with displays of both colours, and a question that waits for its delay."""
    meeting = factories.meeting(State.RUNNING)
    by = factories.secretary()
    factories.on_item(meeting)
    looks = (
        Look(),
        Look(picture=Picture.ANNOUNCEMENT, words=WORDS, theme=Theme.LIGHT, name="Фойє"),
    )
    for look in looks:
        code = codes.code_of(codes.new_screen(), clock.now())
        display = actions.pair(meeting, by=by, code=code)
        actions.change(display, by=by, look=look, seen_revision=1)
    actions.set_delay(meeting, by=by, seconds=60)
    question = factories.question(meeting, town.people["olena"], state="shown")
    questions_actions.put_live(question, by=by, seen_live=None)
    return meeting


def _displays(town: PageWalk) -> list[PageCheck]:
    full = _meeting(town)
    return [
        of("meetings_control:displays", full.pk, who="admin"),
        of("meetings_control:displays", full.pk, who="admin", then=open_all),
        of("meetings_control:displays", full.pk, who="admin", width=360, height=740),
        of(
            "meetings_control:displays", factories.meeting(State.RUNNING).pk, who="admin", then=send
        ),
        of("meetings_control:displays", factories.meeting(State.CLOSED).pk, who="admin"),
        of("meetings_control:control", full.pk, who="admin"),
    ]


def _paired(town: PageWalk) -> list[PageCheck]:
    pk = _meeting(town).pk
    return [of("meetings:paired", pk, number, width=1920, height=1080) for number in (1, 2)]


PAGES: dict[str, PageChecks] = {
    "displays:pair": lambda town: [
        of("displays:pair", query="?screen=foyer", width=1920, height=1080),
        of("displays:pair", query="?screen=foyer"),
    ],
    "meetings:paired": _paired,
    "meetings:strip": lambda town: [
        of("meetings:strip", _meeting(town).pk, width=1920, height=1080)
    ],
    "join": lambda town: [
        of("join"),
        of("join", query="?code=ABC", status=404, width=360, height=740),
    ],
    "meetings_control:displays": _displays,
    "meetings_control:look": lambda town: [
        of("meetings_control:look", _meeting(town).pk, 2, who="admin"),
        of("meetings_control:look", _meeting(town).pk, 2, who="admin", then=send_no_text),
    ],
    "meetings_control:preview": lambda town: [
        of("meetings_control:preview", _meeting(town).pk, who="admin", width=1280, height=720),
    ],
}
#: Routes that show no page, and why.
NO_PAGE: dict[str, str] = {
    "join-code": "leads to the meeting, or shows the page of join",
    "meetings_control:displays_now": "the live region of meetings_control:displays",
    **dict.fromkeys(
        ("meetings_control:display_step", "meetings_control:delay"),
        "takes a button’s post and leads back to its page",
    ),
}
