"""The arithmetic of displays: cards stand whole where they can, and every word stands somewhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.displays.cards import CARD_SIZES, Card, Figure, stack
from core.displays.layout import GAP, HEIGHT, TURN, WIDE, Text, fit, pages
from core.displays.letters import cut, width_of, wrap
from core.displays.screens import Screen, mark_rotation, spread, with_cards

WORDS = "Майданчик біля школи працює до 22:00, і музика після 21:00 заважає спати дітям. "


def cards(many: int, length: int) -> list[Card]:
    text = (WORDS * (length // len(WORDS) + 1))[:length].strip()
    return [
        Card(f"{number} {text}", head=f"п. {number}", foot="Олена К.", kind="remark")
        for number in range(many)
    ]


@pytest.mark.parametrize("many", [1, 4, 9])
@pytest.mark.parametrize("length", [1, 80, 500, 5000])
@pytest.mark.parametrize("fills", [False, True])
def test_every_word_of_every_card_stands_once_and_in_order(many, length, fills):
    made = stack(tuple(cards(many, length)), HEIGHT, fills=fills)
    parts = [card for screen in made.screens for card in screen]
    for card in cards(many, length):
        own = [part for part in parts if part.head == card.head]
        shown = " ".join(" ".join(part.paragraphs) for part in own)
        assert shown.split() == card.words.split()
        assert [part.foot for part in own] == [""] * (len(own) - 1) + [card.foot]
        assert [part.goes_on for part in own] == [False] + [True] * (len(own) - 1)


def test_what_fits_on_a_screen_is_not_divided():
    for screen in stack(tuple(cards(6, 300)), HEIGHT).screens:
        assert not [card for card in screen if card.goes_on]


def test_large_letters_divide_no_card_that_fits():
    """Of many questions each is read on one screen."""
    made = stack(tuple(cards(40, 500)), HEIGHT)
    assert made.divided == 0
    assert stack(tuple(cards(4, 3000)), HEIGHT).divided == 4


def test_few_words_stand_in_large_letters():
    assert stack(tuple(cards(1, 20)), HEIGHT).size == CARD_SIZES[0]
    assert stack(tuple(cards(9, 600)), HEIGHT).size < CARD_SIZES[0]


def test_figures_count_in_the_height_of_a_card():
    figures = (Figure("agree", "agree:", "1 234"), Figure("disagree", "disagree:", "987"))
    plain, counted = Card("Так.", foot="О. К."), Card("Так.", foot="О. К. " * 12, figures=figures)
    assert counted.foot_height() > plain.foot_height()


def test_no_cards_have_no_screen():
    assert with_cards([], HEIGHT) == []


def test_a_heading_that_is_too_high_has_a_screen_of_its_own():
    heading = Text(WORDS * 9, (36, 30, 24), is_bold=True)
    screens = spread(heading, lambda height, _most: with_cards(cards(1, 20), height))
    assert screens[0].heading or screens[0].paragraphs
    assert screens[-1].cards
    assert not screens[-1].heading


def test_a_wide_text_has_larger_letters():
    text = Text(WORDS * 3, is_bold=True)
    assert fit((text,), HEIGHT, WIDE) > fit((text,), HEIGHT - GAP)


class TestTurns:
    NOW = datetime(2026, 11, 27, 9, 0, 7, tzinfo=UTC)

    def turn(self, seconds: int) -> int:
        screens = [Screen(), Screen(), Screen()]
        mark_rotation(screens, self.NOW + timedelta(seconds=seconds), self.NOW)
        return [screen.is_now for screen in screens].index(True)

    def test_the_first_screen_is_shown_from_the_beginning(self):
        assert [self.turn(at) for at in (0, TURN - 1, TURN, 3 * TURN)] == [0, 0, 1, 0]

    def test_the_script_counts_from_the_same_second(self):
        assert mark_rotation([Screen()], self.NOW, self.NOW) == int(self.NOW.timestamp())
        assert mark_rotation([Screen()], self.NOW) == 0


class TestLetters:
    TEXT = "Про затвердження Програми соціально-економічного та житлово-комунального розвитку"

    @pytest.mark.parametrize("width", [3.0, 9.0, 17.5, 40.0])
    def test_a_word_keeps_its_hyphen(self, width):
        made = wrap(self.TEXT, width)
        assert "".join(made) == self.TEXT
        assert not [line for line in made if line.startswith(" ")]
        for page in pages(self.TEXT * 9, 24, 9.0):
            assert "- " not in " ".join(page)

    def test_a_line_is_no_wider_than_it_may_be(self):
        for line in wrap(self.TEXT, 12.0, is_bold=True):
            assert width_of(line.rstrip(), is_bold=True) <= 12.0

    def test_a_word_without_a_place_to_break_is_broken(self):
        assert "".join(wrap("ж" * 100, 5.0)) == "ж" * 100
        assert wrap("", 5.0) == ()

    def test_the_first_letters_are_whole_words(self):
        head, rest = cut(self.TEXT, 40)
        assert f"{head} {rest}" == self.TEXT
        assert len(head) <= 40
        assert cut("Перерва", 40) == ("Перерва", "")
