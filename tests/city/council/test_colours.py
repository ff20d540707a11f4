"""Whatever colour a council chooses, what is made of it can be read and keeps its hue."""

from __future__ import annotations

from math import cos

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from city.council import colours, oklch
from city.council.colours import contrast

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(COLOURS)
def test_a_colour_survives_oklch(colour):
    assert oklch.to_hex(oklch.from_hex(colour)) == colour


@given(COLOURS)
@example("#000000")
@example("#ffffff")
@example("#ffff00")
def test_every_variant_can_be_read(colour):
    readable = colours.darken_colour(colour)
    assert colours.judge(readable)
    assert (readable == colour) == bool(colours.judge(colour))
    for ground in (colours.PAPER, colours.GROUND, colours.SAND, colours.tint(readable)):
        assert contrast(readable, ground) >= 4.5
        assert contrast(colours.deeper(readable), ground) >= 4.5
    made = colours.for_dark(colour)
    by_hand = colours.readable_dark(colour)
    assert colours.judge_dark(made) and colours.judge_dark(by_hand)
    assert (by_hand == colour) == bool(colours.judge_dark(colour))
    for dark in (made, by_hand, colours.deeper_dark(made), colours.deeper_dark(by_hand)):
        for ground in (colours.NIGHT_GROUND, colours.NIGHT_PAPER, colours.NIGHT_SAND):
            assert contrast(dark, ground) >= 4.5
        assert contrast(dark, colours.NIGHT_FILL_INK) >= 4.5, "words on a button"
    assert contrast(colours.for_dark(colour), colours.night_tint(colours.for_dark(colour))) >= 4.5


@given(COLOURS)
def test_on_the_screens_of_halls_it_can_be_read_from_afar(colour):
    light, dark = colours.lighten_colour(colour), colours.darken_colour(colour, 7)
    assert min(contrast(light, ground) for ground in (colours.DARK_GROUND, colours.DARK_SAND)) >= 7
    assert min(contrast(dark, ground) for ground in (colours.PAPER, colours.SAND)) >= 7


@given(COLOURS)
def test_every_variant_keeps_the_hue(colour):
    known = oklch.from_hex(colour)
    assume(known.chroma > 0.05)
    made = (colours.darken_colour(colour), colours.deeper(colour), colours.for_dark(colour))
    for variant in map(oklch.from_hex, made):
        # Of what is nearly grey or black, a step of 1/255 is a turn of the hue.
        if variant.chroma > 0.05 and variant.lightness > 0.2:
            assert cos(variant.hue - known.hue) > 0.99, "at most 8 degrees"


@pytest.mark.parametrize("brand", ["#0b4f8a", "#1b6443"])
def test_the_sheet_has_light_and_dark_alike_and_its_digest_in_the_address(brand):
    sheet = colours.stylesheet(brand, colours.deeper(brand))
    assert sheet.count(f"--ore:{colours.for_dark(brand)}") == 2, "by the device, by the switch"
    assert sheet.startswith(f":root{{--ore:{brand};")
    by_hand = colours.stylesheet(brand, "#000000", "#ffc0cb")
    assert by_hand.count("--ore:#ffc0cb;") == 2 and colours.for_dark(brand) not in by_hand
    assert colours.version(brand, "#000000", "#ffc0cb") != colours.version(brand, "#000000")
    assert colours.version(brand, "#000000") != colours.version(brand, "#111111")
