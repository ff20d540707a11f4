"""`find_unreadable_words` finds what axe finds, where no more than colours is to be known."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.pages.checks import find_axe_violations
from tests.pages.contrast import find_unreadable_words

FAINT, CLEAR = "color: #999", "color: #555"
LARGE = "font-size: 24px; color: #888"
#: Styles of a paragraph within another, and whether its words can be read.
SAMPLES = [
    ("", CLEAR, True),
    ("", FAINT, False),
    ("", LARGE, True),
    ("", "font-size: 19px; font-weight: 700; color: #888", True),
    ("", "font-size: 19px; color: #888", False),
    ("background: #333", CLEAR, False),
    ("background: #333", "color: #aaa", True),
    ("background: rgb(0 0 0 / 60%)", CLEAR, False),
    ("opacity: 0.6", CLEAR, False),
    ("", "color: rgb(0 0 0 / 30%)", False),
    ("display: none", FAINT, True),
    ("background: linear-gradient(#fff, #eee)", "background: #fff; color: #999", False),
]


@pytest.mark.parametrize(("outer", "inner", "readable"), SAMPLES)
def test_it_agrees_with_axe(browser: Browser, outer: str, inner: str, readable: bool):
    page = browser.new_page()
    page.set_content(
        f"<!doctype html><html lang=uk><title>a</title><main><h1>a</h1>"
        f"<div style='{outer}'><p style='{inner}'>слово</p></div></main>"
    )
    assert (find_unreadable_words(page) == []) == readable
    by_axe = [each for each in find_axe_violations(page, contrast=True) if "contrast" in each]
    assert (by_axe == []) == readable
    page.close()


@pytest.mark.parametrize(
    ("outer", "inner"),
    [("background: oklch(40% 0.1 200)", CLEAR), ("", "color: color(srgb 0.6 0.6 0.6)")],
)
def test_a_colour_that_it_cannot_read_is_a_fault(browser: Browser, outer: str, inner: str):
    page = browser.new_page()
    page.set_content(f"<!doctype html><div style='{outer}'><p style='{inner}'>слово</p></div>")
    assert [each for each in find_unreadable_words(page) if "unread colour" in each]
    page.close()
