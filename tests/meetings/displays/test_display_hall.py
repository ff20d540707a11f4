"""A hall's wall: a roll-call of 64 on one screen, large letters, no half-empty screens, up to 4k.

With those of test_display.py and test_pictures_drawn.py these are over a hundred pictures; each
says how large its least letters are, where its main part ends and how much of it is filled.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from meetings.models import Meeting, Seat, State
from meetings.presence import actions as presence_actions
from meetings.rollcalls import actions as rollcalls_actions
from tests import displays
from tests.displays import SIZES, text_of
from tests.meetings import factories
from tests.meetings.displays.test_display import council

pytestmark = pytest.mark.django_db

QUESTION = "Про затвердження Програми соціально-економічного та житлово-комунального розвитку"


def voted(
    length: int = 0,
    *,
    head: bool = True,
    numbered: bool = False,
    needs: str = "majority",
    is_published: bool = True,
) -> Meeting:
    """A roll-call of 64 members, and the head of the city."""
    meeting = factories.meeting(State.RUNNING)
    factories.on_item(meeting)
    members = council(64, meeting)
    assert meeting.body is not None
    meeting.body.membership = 64
    meeting.body.save()
    if head:
        members.append(factories.head_of_the_city(meeting.body))
    if numbered:
        for number, deputy in enumerate(members, 1):
            Seat.objects.filter(body=meeting.body, deputy=deputy).update(number=number)
    by = factories.secretary()
    for deputy in members[4:]:
        presence_actions.come(meeting, deputy, by=by)
    question = text_of(length) if length else QUESTION
    roll_call = factories.roll_call(meeting, question=question, needs=needs)
    for number, deputy in enumerate(members[6:]):
        choice = ("for", "for", "for", "against", "for", "abstained", "for")[number % 7]
        rollcalls_actions.enter_vote(roll_call, deputy, by=by, choice=choice)
    if is_published:
        rollcalls_actions.publish_roll_call(
            rollcalls_actions.close_roll_call(roll_call, by=by), by=by
        )
    return meeting


def survey(many: int, length: int) -> Meeting:
    """A survey of those present, open, with so many options."""
    meeting = factories.meeting(State.RUNNING)
    factories.on_item(meeting)
    options = [f"{number}. {text_of(length)}"[:length] for number in range(1, many + 1)]
    factories.quick_poll(meeting, "Де поставити новий майданчик?", *options)
    return meeting


def hands(length: int) -> Meeting:
    meeting = factories.meeting(State.RUNNING)
    factories.on_item(meeting)
    factories.show_of_hands(meeting, question=text_of(length))
    return meeting


CASES: dict[str, Callable[[], Meeting]] = {
    "seats-65": voted,
    "seats-numbered": lambda: voted(numbered=True),
    "seats-two-thirds": lambda: voted(140, needs="two_thirds"),
    "seats-procedural": lambda: voted(300, head=False, needs="procedural"),
    "seats-open": lambda: voted(140, is_published=False),
    "seats-open-longest": lambda: voted(1000, is_published=False, numbered=True),
    "survey-12": lambda: survey(12, 16),
    "survey-12-long": lambda: survey(12, 40),
    "survey-2": lambda: survey(2, 20),
    "hands": lambda: hands(120),
    "hands-longest": lambda: hands(200),
}
#: Every day; the others with --long.
DAILY = ("seats-65",)


@pytest.mark.cpu(20)
@pytest.mark.parametrize(
    "case",
    [pytest.param(case, marks=() if case in DAILY else pytest.mark.long) for case in CASES],
)
def test_a_hall_reads_it(browser, client, tmp_path, case):
    meeting = CASES[case]()
    dark = displays.page_of(client, f"/meetings/{meeting.pk}/display/")
    light = dark.replace("display-theme--dark", "display-theme--light")
    looks = [(dark, "dark", size) for size in (SIZES[1:2] if case in DAILY else SIZES)]
    if case not in DAILY:
        looks.append((light, "light", SIZES[1]))
    for page, theme, (width, height) in looks:
        seen = displays.look(browser, page, tmp_path, f"{case}-{theme}", width, height)
        if case.startswith("seats"):
            named = [each for each in seen if "Мельниченко" in " ".join(each.words)]
            assert len(named) == 1, "the names of 65 members stand on one screen"
        if case == "survey-12":
            assert len(seen) == 1
