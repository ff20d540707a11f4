"""The screen of a hall: the order of the rule, one question at a time, and nothing small or cut."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from lxml import html

from core.displays.layout import TURN
from tests import displays
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

    def test_of_a_tie_of_the_last_two_is_that_of_the_round_before(
        self, client, officer, department
    ):
        """What is left after the tie has all ballots, and decided nothing."""
        poll = factories.poll(officer, department, questions=[RUNOFF], results_while_open=True)
        park, square, stadium = factories.options(poll)
        for number, order in ((4, [park]), (3, [square]), (1, [stadium, square])):
            vote(poll, number, {str(factories.first_question(poll).pk): order})
        display, results = self.shown(client, poll)
        assert sorted(display) == [["Парк", "4 · 50%"], ["Сквер", "4 · 50%"], ["Стадіон", "1 (1)"]]
        assert sorted(results) == [["Парк", "4"], ["Сквер", "4"], ["Стадіон", "1"]]
        page = client.get(f"/polls/{poll.pk}/display/").text
        assert "порівну" in page
        assert "Тур 2." in page

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
            for second in range(0, 4 * TURN, TURN)
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
        assert (screen.title_size, screen.size, screen.columns) == (60, 60, 1)

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
    assert refreshed == ([str(TURN)] if many > 1 else [])


NAMES = (
    "Облаштувати сквер Залізничників: освітлення, лавки, дитячий майданчик і спортивні тренажери",
    "Відремонтувати тротуари на вулиці Шахтарській від зупинки «Рудник» до школи №\u00a07",
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


@pytest.mark.django_db
@pytest.mark.parametrize(
    "case",
    [pytest.param(case, marks=() if case == "twelve" else pytest.mark.long) for case in CASES],
)
@pytest.mark.parametrize(
    "state", [State.OPEN, pytest.param(State.SCHEDULED, marks=pytest.mark.long)]
)
def test_nothing_is_small_or_cut(browser, client, officer, department, tmp_path, case, state):
    """No letter is under 1/30 of the height, and every option is read whole."""
    title, texts, options = CASES[case]
    described = [
        {"text": text or title, "kind": "single", "options": [{"text": name} for name in options]}
        for text in texts
    ]
    poll = factories.poll(
        officer, department, state, title=title, questions=described, results_while_open=True
    )
    html = displays.page_of(client, f"/polls/{poll.pk}/display/")
    sizes = displays.SIZES[1:2] if case == "twelve" else displays.SIZES
    for width, height in sizes:
        seen = displays.look(browser, html, tmp_path, f"{case}-{state}", width, height)
        read = " ".join(" ".join(each.words) for each in seen)
        for name in options:
            assert read.count(name) >= options.count(name) * len(texts), name
