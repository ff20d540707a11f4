"""What an officer is asked to look at before a text is published."""

from __future__ import annotations

import pytest

from drafts.versions import actions
from drafts.versions.doubts import Kind, find_doubts
from tests.drafts.files import DECISION

pytestmark = pytest.mark.django_db


def doubts(text: str) -> list[tuple[str, str, str]]:
    version = actions.import_draft(text.encode())
    found = find_doubts(list(version.outline()))
    return [(d.kind.value, d.clause.label if d.clause else "", d.number) for d in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (DECISION, []),
        ("Перше речення.\nДруге.", [("nothing_numbered", "", "")]),
        ("1. А.\n2. Б.\n4. В.", [("missing", "п. 4", "3")]),
        ("1. А.\n{Пункт 2 виключено}\n3. В.", []),
        ("1. А.\n2. Б.\n2-1. В.\n3. Г.\n3. Ґ.", [("repeated", "п. 3 (друга нумерація)", "3")]),
        ("I. Перше\n1. А.\n2. Б.\nII. Друге\n3. В.\nIII. Третє\n1. Г.", []),
        ("1. А:\n1) а;\n3) б.", [("missing", "п. 1, підп. 3", "2")]),
        ("1. Затвердити Порядок (додається).\n2. Є.", [("no_annex", "п. 1", "")]),
        (
            "1. Список у додатку 2 до цього рішення, зміни – у додатку 7 до рішення № 5.\n"
            "2. Контроль.\nДодаток 1\n1. А.",
            [("no_annex", "п. 1", "2")],
        ),
        ("1. Зразок у додатку ІІ.\nДодаток 1\n1. А.\nДодаток 2\n1. Б.", []),
    ],
)
def test_doubts(text, expected):
    assert doubts(text) == expected


def test_a_table_that_holds_clauses_is_doubtful():
    row = "<tr><td>{}. Управлінню подати план заходів до березня.<td>Ні</tr>"
    rows = "".join(row.format(number) for number in (1, 2, 3))
    html = f"<p>1. Так.</p><table>{rows}</table><table><tr><td>А<td>1<tr><td>Б<td>2</table>"
    assert doubts(html) == [("table_of_text", "табл. 1", "")]


def test_a_published_text_without_annexes_is_asked_once():
    found = doubts("1. Затвердити Порядок, що додається.\n2. Затвердити Склад, що додається.")
    assert [kind for kind, *_ in found] == [Kind.NO_ANNEX]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. Такі:\nа) А;\nб) Б;\nг) Г.", [("missing", "п. 1, підп. «г»", "в")]),
        (
            "1. Такі:\nг) Г;\nд) Д;\nе) Е;\nж) Ж;\nз) З;\nк) К.",
            [("missing", "п. 1, підп. «г»", "в")],
        ),
        ("1. Такі:\na) А;\nb) Б;\nd) Г.", [("missing", "п. 1, підп. «d»", "c")]),
        ("1. The board:\n(i) Meets;\n(ii) Votes;\n(iii) Rests;\n(iv) Acts;\n(v) Ends.", []),
        ("1. Такі:\nа) А;\nб) Б;\nd) Г.", [("missing", "п. 1, підп. «d»", "c")]),
    ],
    ids=["Ukrainian", "letters that lists leave out", "Latin", "Roman numbers", "both"],
)
def test_a_letter_left_out_is_doubtful(text, expected):
    assert doubts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "1. ЗАГАЛЬНЕ\n1.1. А.\n2. ПРАВА\n2.1. Б.\n3. Порядок оскарження рішень\n"
            "3.1. В.\n4. ОБОВ’ЯЗКИ\n4.1. Г.",
            [],
        ),
        (
            "2. ПРАВА\n2.1. Б.\n3. ОБОВ’ЯЗКИ\n3.1. В.\n2.9. Г.\n3.2. Ґ.",
            [("missing", "розд. 2", "1"), ("missing", "п. 2.9", "2.8")],
        ),
        ("1. ПОДАТИ ЗАЯВКУ поштою.\n2. ЗАЯВКИ ПРИЙМАЮТЬСЯ\n3. Вислати твір.", []),
    ],
    ids=["a title in small letters", "a slip", "a rule in capitals"],
)
def test_doubts_know_what_a_clause_is(text, expected):
    assert doubts(text) == expected


def test_clauses_beside_bare_numbers_are_doubtful():
    row = "<tr><td>{}<td>Управлінню подати план заходів з підготовки до зими не пізніше березня"
    html = f"<p>1. Так.</p><table>{row.format(1)}{row.format(2)}</table>"
    assert doubts(html) == [("table_of_text", "табл. 1", "")]
