"""ЄДРПОУ and РНОКПП: check digits against a reference of the test's own, and what people write."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from organisations.registering.codes import clean_edrpou, clean_rnokpp

digits = st.integers(0, 9)
#: What a copied number may have between and around its digits.
noise = st.text(alphabet=" \t\n\u00a0\u2009\u202f\u200b\ufeff-–—‑", max_size=3)


def edrpou_digit(stem: list[int]) -> int:
    """By the rule of the law notes: other weights from 30 000 000 to 60 000 000, a second pass."""
    whole = int("".join(map(str, stem)))
    between = 3_000_000 <= whole < 6_000_000
    weights = [7, 1, 2, 3, 4, 5, 6] if between else [1, 2, 3, 4, 5, 6, 7]
    for more in (0, 2):
        rest = sum((w + more) * d for w, d in zip(weights, stem, strict=True)) % 11
        if rest < 10:
            return rest
    return 0


def rnokpp_digit(stem: list[int]) -> int:
    total = -stem[0]
    for weight, digit in zip((5, 7, 9, 4, 6, 10, 5, 7), stem[1:], strict=True):
        total += weight * digit
    return total % 11 % 10


def with_noise(code: str, signs: list[str]) -> str:
    return "".join(sign + digit for sign, digit in zip(signs, code, strict=True))


@given(st.lists(digits, min_size=7, max_size=7), st.lists(noise, min_size=8, max_size=8))
def test_exactly_one_last_digit_is_right(stem, signs):
    right = edrpou_digit(stem)
    for last in range(10):
        code = "".join(map(str, [*stem, last]))
        if last == right and any([*stem, last]):
            assert clean_edrpou(with_noise(code, signs)) == code
        else:
            with pytest.raises(ValidationError):
                clean_edrpou(code)


@given(st.lists(digits, min_size=9, max_size=9), st.lists(noise, min_size=10, max_size=10))
def test_exactly_one_last_digit_of_a_person_is_right(stem, signs):
    right = rnokpp_digit(stem)
    for last in range(10):
        code = "".join(map(str, [*stem, last]))
        if last == right and any([*stem, last]):
            assert clean_rnokpp(with_noise(code, signs)) == code
        else:
            with pytest.raises(ValidationError):
                clean_rnokpp(code)


@given(st.text(max_size=20))
def test_whatever_is_written_is_a_code_or_is_refused_in_words(text):
    for clean, length in ((clean_edrpou, 8), (clean_rnokpp, 10)):
        try:
            code = clean(text)
        except ValidationError as wrong:
            assert wrong.code in ("code_signs", "code_length", "code_zero", "code_check")
            assert wrong.messages[0]
        else:
            assert len(code) == length and code.isascii() and code.isdigit()


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("00000000", "code_zero"),
        ("0", "code_length"),
        ("", "code_length"),
        ("4053915", "code_length"),  # a spreadsheet has dropped the zero
        ("О4053915", "code_signs"),  # a Cyrillic O
        ("O4053915", "code_signs"),  # a Latin one
        ("0405З915", "code_signs"),  # a Cyrillic З for a three
        ("٠٤٠٥٣٩١٥", "code_signs"),  # digits, but Arabic ones
        ("０４０５３９１５", "code_signs"),  # wide ones
        ("04053916", "code_check"),
        ("0405391", "code_length"),
        ("040539155", "code_length"),
        ("+4053915", "code_signs"),
        ("=04053915", "code_signs"),
    ],
)
def test_what_is_no_code_of_an_organisation(written, code):
    with pytest.raises(ValidationError) as wrong:
        clean_edrpou(written)
    assert wrong.value.code == code


@pytest.mark.parametrize("written", ["0000000000", "000 000 00 00"])
def test_zeros_are_nobodys(written):
    with pytest.raises(ValidationError) as wrong:
        clean_rnokpp(written)
    assert wrong.value.code == "code_zero"


def test_no_message_repeats_the_code_of_a_person():
    for written in ("2530414072", "25304140", "253041407l"):
        with pytest.raises(ValidationError) as wrong:
            clean_rnokpp(written)
        assert not any(part in wrong.value.messages[0] for part in ("25304", written))
