"""Ornaments in the place of pictures: ribbons, whose middle is a field of its own."""

from __future__ import annotations

import re

import pytest

from core.web.covers import FIELD, HEIGHT, WIDTH, draw_cover


def _threads(drawn: str) -> list[set[tuple[int, int]]]:
    """The squares of each thread, by column and row."""
    threads = []
    for path in re.findall(r' d="([^"]*)"', drawn):
        squares, x, y = set(), 0, 0
        for kind, first, second, length in re.findall(r"([Mm])(-?\d+) ([\d.]+)h(\d+)", path):
            x, y = (int(first), int(float(second))) if kind == "M" else (x + int(first), y)
            squares |= {(x + step, y) for step in range(int(length))}
            x += int(length)
        threads.append(squares)
    return threads


@pytest.mark.parametrize("number", range(12))
def test_the_ribbon_repeats_its_field_and_is_mirrored_at_both_axes(number):
    for squares in _threads(draw_cover("roads", number)):
        assert squares <= {(x, y) for x in range(WIDTH) for y in range(HEIGHT)}
        assert {(WIDTH - 1 - x, HEIGHT - 1 - y) for x, y in squares} == squares
        left = {(x, y) for x, y in squares if x < FIELD}
        middle = {(x - FIELD + 1, y) for x, y in squares if FIELD <= x + 1 < 2 * FIELD}
        assert left == middle


def test_the_same_theme_and_number_give_the_same_and_every_square_stays_small():
    assert draw_cover("roads", 7) == draw_cover("roads", 7)
    assert draw_cover("roads", 7) != draw_cover("roads", 8)
    assert max(len(draw_cover("roads", number)) for number in range(12)) < 1_800
