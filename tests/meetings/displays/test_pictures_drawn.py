"""The pictures of displays in a browser: nothing is small, cut or covered, from 720p to 4k, in both
themes, with the longest texts and with real ones."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from core.domain import clock
from meetings.agenda import actions as agenda_actions
from meetings.agenda.actions import ItemText
from meetings.pauses import actions as pauses
from meetings.rollcalls import actions as rollcalls_actions
from meetings.speakers import actions as speakers_actions
from meetings.speakers import clocks
from tests.displays import LOWEST, SIZES, look, opened, text_of
from tests.meetings import factories
from tests.meetings.pictures import Picture, consultation, discussed, poll, questions, running
from tests.meetings.screens import drawn

SHARED = Path(os.environ.get("VICHE_SHARED", Path(__file__).parents[4] / "shared"))
REAL = SHARED / "data/ua_official/zakon_2807-IV_blahoustrii.txt"
#: Three clauses of 3,000 letters.
LONGEST_TEXT = "\n".join(f"{number}. {text_of(3000)}" for number in (1, 2, 3))

pytestmark = pytest.mark.django_db


def _clause(olena, ofi, department) -> Picture:
    """Clauses of 3,000 letters, remarks of 5,000."""
    meeting, _item = running(consultation=discussed(olena, LONGEST_TEXT, text_of(4990), 2))
    return Picture(meeting, "clause")


def _clause_short(olena, ofi, department) -> Picture:
    text = "1. Майданчики працюють до 22:00.\n2. Музика не грає після 21:00."
    meeting, _item = running(consultation=discussed(olena, text, "Після 21:00 діти сплять."))
    return Picture(meeting, "clause")


def _clause_real(olena, ofi, department) -> Picture:
    if not REAL.exists():
        pytest.skip(f"no real data: {REAL} is absent")
    about = discussed(olena, REAL.read_text(), "Цю норму треба уточнити. " * 8, 12)
    meeting, _item = running(consultation=about)
    return Picture(meeting, "clause")


def _text_real(olena, ofi, department) -> Picture:
    if not REAL.exists():
        pytest.skip(f"no real data: {REAL} is absent")
    meeting, _item = running(consultation=consultation(REAL.read_text()))
    return Picture(meeting, "clause")


def _questions(length: int, many: int) -> Callable[..., Picture]:
    def make(olena, ofi, department) -> Picture:
        meeting, _item = running()
        questions(meeting, olena, text_of(length), many)
        return Picture(meeting, "questions")

    return make


def _poll(state: str, length: int, many: int) -> Callable[..., Picture]:
    def make(olena, ofi, department) -> Picture:
        meeting, _item = running(poll=poll(ofi, department, state, length, many))
        return Picture(meeting, "poll")

    return make


def _waiting(olena, ofi, department) -> Picture:
    meeting, item = running()
    for number in range(20):
        factories.speaker(item, name=f"{number}. {text_of(90)}")
    return Picture(meeting, "speaker")


def _agenda(olena, ofi, department) -> Picture:
    meeting, _item = running(text_of(500))
    for number in range(30):
        title = ItemText(title=text_of(60 + 12 * number))
        agenda_actions.add_item(meeting, by=factories.secretary(), text=title)
    return Picture(meeting, "agenda")


def _announcement(length: int) -> Callable[..., Picture]:
    def make(olena, ofi, department) -> Picture:
        words = text_of(length) if length > 40 else "Перерва до 14:30"
        return Picture(running()[0], "announcement", words)

    return make


def _clock(length: int) -> Callable[..., Picture]:
    def make(olena, ofi, department) -> Picture:
        meeting, _item = running(text_of(length) if length > 40 else "Про бюджет на 2027 рік")
        meeting.items.filter(state="planned").update(title=text_of(length))
        return Picture(meeting, "clock")

    return make


def _clock_before(olena, ofi, department) -> Picture:
    return Picture(factories.meeting(title=text_of(300)), "clock")


def _result(olena, ofi, department) -> Picture:
    meeting, _item = running()
    by = factories.secretary()
    roll_call = rollcalls_actions.close_roll_call(factories.roll_call(meeting), by=by)
    rollcalls_actions.publish_roll_call(roll_call, by=by)
    return Picture(meeting, "roll_call")


def _alarm(olena, ofi, department) -> Picture:
    return Picture(factories.interrupted(), "main")


def _continued(olena, ofi, department) -> Picture:
    meeting, _item = running()
    until = clock.now() + timedelta(days=3)
    pauses.begin_pause(meeting, by=factories.secretary(), kind="technical", resumes_at=until)
    return Picture(meeting, "main")


def _lectern(length: int, seconds: int) -> Callable[..., Picture]:
    def make(olena, ofi, department) -> Picture:
        meeting, item = running()
        speaker = factories.speaker(item, name=text_of(length), seconds=seconds)
        speakers_actions.begin_speech(speaker, by=factories.secretary(), seen_speaker=None)
        if seconds > 1:
            clocks.stop_clock(speaker, by=factories.secretary())
        return Picture(meeting, "lectern")

    return make


CASES: dict[str, Callable[..., Picture]] = {
    "clause-longest": _clause,
    "clause-short": _clause_short,
    "clause-real": _clause_real,
    "clause-text": _text_real,
    "questions-none": _questions(10, 0),
    "questions-400": _questions(500, 400),
    "questions-short": _questions(80, 400),
    "poll-open": _poll("open", 200, 12),
    "poll-two": _poll("open", 30, 2),
    "poll-soon": _poll("scheduled", 200, 12),
    "poll-counted": _poll("published", 60, 5),
    "speaker-waiting": _waiting,
    "agenda-long": _agenda,
    "announcement": _announcement(16),
    "announcement-200": _announcement(200),
    "announcement-300": _announcement(300),
    "clock": _clock(60),
    "clock-longest": _clock(500),
    "clock-before": _clock_before,
    "roll_call-result": _result,
    "pause-alarm": _alarm,
    "pause-continued": _continued,
    "lectern": _lectern(25, 180),
    "lectern-over": _lectern(200, 1),
}
#: Every day, in the theme that is worse to see; the others with --long.
DAILY = ("clause-short", "clock")


@pytest.mark.cpu(30)
@pytest.mark.parametrize(
    "case",
    [pytest.param(case, marks=() if case in DAILY else pytest.mark.long) for case in CASES],
)
def test_nothing_is_small_cut_or_covered(browser, olena, ofi, department, tmp_path, case):
    made = CASES[case](olena, ofi, department)
    sizes = SIZES[1:2] if case in DAILY else SIZES
    dark, light = (
        drawn(made.meeting, made.picture, made.words, theme) for theme in ("dark", "light")
    )
    # The chair reads one large clock in the middle of the lectern's.
    lowest = 0.75 if made.picture == "lectern" else LOWEST
    for width, height in sizes:
        # The same picture in other pixels: of many screens some tell of all.
        most = 1000 if height < 1000 else 6
        look(browser, dark, tmp_path, f"{case}-dark", width, height, most, lowest)
    look(browser, light, tmp_path, f"{case}-light", *sizes[0], most=6, lowest=lowest)


#: What axe has against the page by its rules and by the contrast of 7 : 1, whatever the letters.
JUDGE = """async () => {
  const { violations } = await axe.run(document, {
    resultTypes: ["violations"], rules: { "color-contrast-enhanced": { enabled: true } },
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) =>
      `${id} at ${target.join(" ")}: ${failureSummary.replace(/\\s+/g, " ")}`));
}"""
#: What moves by itself where somebody has asked for less motion.
MOVES = """() => document.getAnimations().length + [...document.querySelectorAll("*")]
  .filter((one) => parseFloat(getComputedStyle(one).transitionDuration) > 0.01).length"""


@pytest.mark.long
@pytest.mark.cpu(20)
@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize(
    "case",
    [
        *("clause-short", "questions-short", "poll-two", "poll-counted", "roll_call-result"),
        *("speaker-waiting", "agenda-long", "announcement", "clock", "pause-alarm", "lectern"),
    ],
)
def test_everybody_can_read_it(browser, olena, ofi, department, tmp_path, case, theme):
    """axe finds nothing, the contrast is 7 : 1, nothing moves where less motion is asked for."""
    made = CASES[case](olena, ofi, department)
    html = drawn(made.meeting, made.picture, made.words, theme)
    with opened(browser, html, tmp_path) as page:
        page.emulate_media(reduced_motion="reduce")
        page.evaluate(AXE_SCRIPT)
        assert page.evaluate(JUDGE) == []
        assert page.evaluate(MOVES) == 0
