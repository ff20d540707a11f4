"""Lists of pages are numbered as the page says: backwards, by a class, not at all."""

from __future__ import annotations

import pytest

from drafts import importing


def printed(body: str, css: str = "") -> list[str]:
    page = f"<!DOCTYPE html><html><head><style>{css}</style></head><body>{body}</body></html>"
    return [node.printed for node in importing.read(page.encode(), "a.html").nodes]


ITEMS = "<li>Рада діє.<li>Рада звітує.<li>Рада радиться."


def test_reversed_list_counts_down_to_one_or_from_its_start():
    assert printed(f"<ol reversed>{ITEMS}</ol>") == ["3.", "2.", "1."]
    assert printed(f"<ol reversed start=7>{ITEMS}</ol>") == ["7.", "6.", "5."]


@pytest.mark.parametrize(
    ("css", "first"),
    [
        ("ol.low { list-style-type: lower-roman }", "i."),
        (".low{color:red;list-style: inside upper-alpha}", "A."),
        ("/* ol { } */ ol, ul { list-style: lower-alpha }", "a."),
        ("ol.low{list-style:upper-roman} ol{list-style:lower-alpha}", "I."),
        ("ul.low { list-style-type: lower-roman }", "1."),
        ("main > ol { list-style-type: lower-roman }", "1."),
        ("body > ol { list-style-type: lower-roman }", "i."),
        ("html ol { list-style: lower-alpha } ol { list-style: upper-roman }", "a."),
        ("ol ol { list-style: lower-alpha }", "1."),
        ("body ol:first-child { list-style: lower-alpha }", "1."),
        ("@media print { ol { list-style: upper-roman } }", "1."),
    ],
)
def test_rule_of_the_page_says_how_its_lists_are_counted(css: str, first: str):
    assert printed(f'<ol class="low">{ITEMS}</ol>', css)[0] == first


def test_rule_below_other_elements_counts_the_lists_there():
    css = (
        ".act ol { list-style-type: upper-roman } .act ol ol { list-style: lower-alpha }"
        " .act > li ol, table ol { list-style-type: upper-alpha }"
    )
    inner = "<ol><li>Діє тут.</li><li>Діє там.</li></ol>"
    body = (
        f"<div class=act><ol><li>Рада діє.{inner}</li><li>Звітує.</li></ol></div><ol>{ITEMS}</ol>"
    )
    assert printed(body, css)[:4] == ["I.", "a.", "b.", "II."]
    assert printed(body, css)[-1] == "3."


def test_list_without_marks_leaves_typed_numbers_their_place():
    body = '<ul style="list-style: none"><li>4.1. Рада діє.<li>4.2. Рада звітує.</ul>'
    assert printed(body) == ["4.1.", "4.2."]
