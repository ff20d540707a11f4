"""Codes on paper: what a copying hand changes does not matter, what it gets wrong is seen."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from stdnum import damm

from accounts.paper.codes import digest_of, digits_of, group_digits, is_code, matches, new_code

#: Other ways to write a digit that one meets, beside the digit itself.
LOOKS = {"0": "OoОо０", "1": "IilІі|", "3": "Зз", "6": "б", "8": "BВ"}
BETWEEN = ["", " ", "-", "–", "—", " - ", "\u00a0", "\u2011", "\u200b", "−", ".", "\n"]

plain_codes = st.integers(0, 10**11 - 1).map(
    lambda number: group_digits(f"{number:011}" + damm.calc_check_digit(f"{number:011}"))
)


@st.composite
def copied(draw: st.DrawFn) -> tuple[str, str]:
    """A code, and how somebody copied it."""
    plain = draw(plain_codes)
    written = draw(st.sampled_from(BETWEEN))
    for digit in plain.replace("-", ""):
        written += draw(st.sampled_from(digit + LOOKS.get(digit, "")))
        written += draw(st.sampled_from(BETWEEN))
    return plain, written


@given(copied())
def test_copied_by_hand_it_is_the_same_code(pair):
    plain, written = pair
    assert is_code(written)
    assert digits_of(written) == plain.replace("-", "")
    assert matches(written, digest_of(plain, "test"), "test")


@given(plain_codes, st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_seen(plain, place, more):
    digits = plain.replace("-", "")
    wrong = str((int(digits[place]) + more) % 10)
    assert not is_code(digits[:place] + wrong + digits[place + 1 :])


@given(plain_codes, st.integers(0, 10))
def test_two_neighbours_in_each_others_place_are_seen(plain, place):
    digits = plain.replace("-", "")
    one, other = digits[place : place + 2]
    swapped = digits[:place] + other + one + digits[place + 2 :]
    assert is_code(swapped) is (one == other)


@given(st.text())
def test_any_text_can_be_asked(text):
    assert is_code(text) in (True, False)
    assert len(digest_of(text, "test")) == 64
    assert not matches(text, new_code("test")[1], "test")


def test_it_is_printed_in_three_groups():
    plain, digest = new_code("test")
    assert is_code(plain)
    assert re.fullmatch(r"\d{4}-\d{4}-\d{4}", plain)
    assert digest == digest_of(plain, "test")


def test_of_one_purpose_it_opens_no_other():
    plain, digest = new_code("residence")
    assert not matches(plain, digest, "organisation")


def test_without_the_sites_secret_a_digest_says_nothing(settings):
    plain, digest = new_code("test")
    settings.SECRET_KEY = "another"
    assert digest_of(plain, "test") != digest


def test_codes_differ():
    assert len({new_code("test")[0] for _ in range(1000)}) == 1000
