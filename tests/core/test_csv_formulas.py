"""CSV injection: no cell that we write is a formula."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.export.csv import neutral, plain


@given(st.text(max_size=30))
def test_words_come_back_and_run_nowhere(text):
    shown = neutral(text)
    assert not shown.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    if not text.startswith("'"):
        assert plain(shown) == text


@pytest.mark.parametrize("words", ["=1+1", "+380", "-1", "@a", "\t=1", "\r=1", "＝1"])
def test_a_formula_is_made_words(words):
    assert neutral(words) == f"'{words}"


@pytest.mark.parametrize("cell", ["п. 2.1", "", -1, 0])
def test_what_is_no_formula_stays(cell):
    assert neutral(cell) == cell
