"""The screen of a hall: the order of the rule, one question at a time, and nothing small or cut."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from lxml import html

from tests.votes import factories
from tests.votes.crowd import publish, vote
from votes import screens
from votes.models import Poll, Question, State
from votes.screens import Asked, Row

RUNOFF = factories.RANKED | {"method": Question.Method.RUNOFF}
NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)


def words(element) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.django_db
class TestOrder:
    """Парк has the most first choices; Сквер wins when Стадіон has gone out."""

    def poll(self, officer, department, question) -> Poll:
        poll = factories.poll(officer, department, questions=[question], results_while_open=True)
        park, square, stadium = factories.options(poll)
        for number, order in ((5, [park]), (4, [square]), (3, [stadium, square])):
            vote(poll, number, {str(factories.first_question(poll).pk): order})
        return poll

    def shown(self, client, poll) -> tuple[list[list[str]], list[list[str]]]:
        """The rows of the display and those of the results: names and figures."""
        display = html.fromstring(client.get(f"/polls/{poll.pk}/display/").text)
        results = html.fromstring(client.get(f"/polls/{poll.pk}/results/").text)
        return (
            [
                [words(part).lstrip("✓ ") for part in row.xpath("./span|./strong")]
                for row in display.xpath("//li[contains(@class, 'display-bar')]")
            ],
            [
                [row.xpath("./th/text()")[0].strip(), words(row.xpath("./td")[0])]
                for row in results.xpath("//table[contains(@class, 'bars')]/tbody/tr")
            ],
        )

    @pytest.mark.parametrize("is_final", [False, True])
    def test_of_a_run_off_is_that_of_its_last_round(self, client, officer, department, is_final):
        poll = self.poll(officer, department, RUNOFF)
        if is_final:
            publish(poll, officer)
        display, results = self.shown(client, poll)
        assert display == [["Сквер", "7 · 58%"], ["Парк", "5 · 42%"], ["Стадіон", "3 (1)"]]
        assert results == [["Сквер", "7"], ["Парк", "5"], ["Стадіон", "3"]]

    def test_of_comparisons_is_that_of_those_won(self, client, officer, department):
        poll = self.poll(officer, department, factories.RANKED)
        display, results = self.shown(client, poll)
        assert display == [["Сквер", "2 з 2"], ["Парк", "1 з 2"], ["Стадіон", "0 з 2"]]
        assert results == [["Сквер", "2"], ["Парк", "1"], ["Стадіон", "0"]]


class TestScreens:
    def test_a_question_at_a_time_each_for_as_long(self):
        asked = [Asked(f"Запитання {number}?", [Row("Так")] * 3) for number in range(3)]
        made = [
            screens.screens_of("Три запитання", asked, datetime.fromtimestamp(second, UTC))
            for second in range(0, 4 * screens.TURN, screens.TURN)
        ]
        assert [[screen.is_now for screen in turn].index(True) for turn in made] == [0, 1, 2, 0]
        assert all(sum(screen.is_now for screen in turn) == 1 for turn in made)
        assert [(screen.number, screen.of) for screen in made[0]] == [(1, 3), (2, 3), (3, 3)]

    @pytest.mark.parametrize("length", [10, 60, 120, 200])
    @pytest.mark.parametrize("many", [2, 5, 12, 40])
    def test_every_option_has_its_screen_and_once(self, length, many):
        rows = [
            Row(f"{number} " + "слово " * (length // 6), "1 234 · 100%") for number in range(many)
        ]
        made = screens.screens_of("Де?" * 60, [Asked("Що? " * 70, rows, has_results=True)], NOW)
        assert [row for screen in made for row in screen.rows] == rows
        assert [screen.first for screen in made] == [
            rows.index(screen.rows[0]) + 1 for screen in made
        ]

    def test_a_short_question_fills_the_screen(self):
        (screen,) = screens.screens_of("Перерва?", [Asked("", [Row("так"), Row("ні")])], NOW)
        assert (screen.title_size, screen.size, screen.columns) == (46, 36, 1)

    def test_no_question_has_no_screen(self):
        assert screens.screens_of("Опитування", [], NOW) == []


@pytest.mark.django_db
@pytest.mark.parametrize("many", [1, 2])
def test_without_a_script_the_page_comes_anew_at_each_turn(client, officer, department, many):
    poll = factories.poll(
        officer, department, questions=[factories.SINGLE, factories.YES_NO][:many]
    )
    page = html.fromstring(client.get(f"/polls/{poll.pk}/display/").text)
    assert len(page.xpath("//section[@data-turn]")) == many
    assert len(page.xpath("//section[@data-turn and not(@hidden)]")) == 1
    refreshed = page.xpath("//noscript/meta[@http-equiv='refresh']/@content")
    assert refreshed == ([str(screens.TURN)] if many > 1 else [])


NAMES = (
    "Облаштувати сквер Залізничників: освітлення, лавки, дитячий майданчик і спортивні тренажери",
    "Відремонтувати тротуари на вулиці Шахтарській від зупинки «Рудник» до школи № 7",
    "Зелений дах на автобусній зупинці",
    "Каштановий сквер",
)
LONG = (
    "Капітальний ремонт підземного переходу біля центрального ринку з пандусами, підйомником для "
    "людей на візках, тактильною плиткою, освітленням, відеоспостереженням, дренажем і "
    "озелененням"
)
CASES = {
    "two": ("Оголошуємо перерву?", [""], ["так", "ні"]),
    "seven": ("Який сквер впорядкувати першим?", [""], list(NAMES) + [LONG[:110]] * 3),
    "twelve": (
        "Бюджет участі міста Рудногірська на 2027 рік: які проєкти підтримати",
        ["", "Які з цих проєктів треба виконати вже навесні, ще до початку опалювального сезону?"],
        [*NAMES * 2, *["Лавки", "Дерева", LONG, LONG]],
    ),
    "longest": ((LONG + " " + LONG)[:200], [(LONG + " " + LONG)[:300]], [LONG[:200]] * 12),
}
#: What is too small, what leaves the screen, and what is cut, each in words.
WRONG = """() => {
  const wrong = [];
  const board = document.querySelector(".display-poll").getBoundingClientRect();
  const all = document.querySelector(".display");
  const texts = document.createTreeWalker(all, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const element = node.parentElement;
    const words = node.data.trim().slice(0, 40);
    if (!words || !element.checkVisibility()) continue;
    if (element.closest(".govuk-visually-hidden, title")) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (size < 36) wrong.push(`${size} px: ${words}`);
    const range = document.createRange();
    range.selectNodeContents(node);
    const { right, bottom } = range.getBoundingClientRect();
    if (right > innerWidth + 1 || bottom > innerHeight + 1) wrong.push(`off: ${words}`);
    if (element.closest(".display-poll") && bottom > board.bottom + 1) wrong.push(`cut: ${words}`);
  }
  for (const one of document.querySelectorAll(".display__side, .display-poll"))
    if (one.scrollHeight > one.clientHeight + 1) wrong.push(`${one.className}: too high`);
  return wrong;
}"""


def readable(browser, client, poll: Poll, folder: Path, name: str) -> list[str]:
    """The options that can be read on its screens, of which nothing is small or cut."""
    page = browser.new_page(viewport={"width": 1920, "height": 1080})
    static = (Path(settings.BASE_DIR) / "static").as_uri()
    written = client.get(f"/polls/{poll.pk}/display/").text.replace('"/static/', f'"{static}/')
    (folder / "display.html").write_text(written.replace('type="module"', 'type="text/none"'))
    try:
        page.goto((folder / "display.html").as_uri())
        read = []
        for number in range(page.locator("[data-turn]").count()):
            page.evaluate(
                "at => document.querySelectorAll('[data-turn]').forEach("
                "(one, number) => one.hidden = number !== at)",
                number,
            )
            if "SHOTS" in os.environ:  # to look at
                page.screenshot(path=f"{os.environ['SHOTS']}/{name}-{number}.png")
            assert page.evaluate(WRONG) == []
            read += page.locator("[data-turn]:not([hidden]) li").all_inner_texts()
    finally:
        page.close()
    return read


@pytest.mark.django_db
@pytest.mark.parametrize(
    "case",
    [pytest.param(case, marks=() if case == "twelve" else pytest.mark.long) for case in CASES],
)
@pytest.mark.parametrize(
    "state", [State.OPEN, pytest.param(State.SCHEDULED, marks=pytest.mark.long)]
)
def test_nothing_is_small_or_cut(browser, client, officer, department, tmp_path, case, state):
    """At 1920 × 1080 no letter is under 36 px, and every option is read whole."""
    title, texts, options = CASES[case]
    described = [
        {"text": text or title, "kind": "single", "options": [{"text": name} for name in options]}
        for text in texts
    ]
    poll = factories.poll(
        officer, department, state, title=title, questions=described, results_while_open=True
    )
    read = readable(browser, client, poll, tmp_path, f"{case}-{state}")
    assert len(read) == len(texts) * len(options)
