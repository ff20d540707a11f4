"""A text's table of contents, and the parts of it that a page may fold."""

from __future__ import annotations

import pytest

from drafts.clauses.contents import MOST_ENTRIES, PartKind, contents_of, parts_of
from tests import factories

pytestmark = pytest.mark.django_db

TEXT = """ПРОЄКТ

РУДНОГІРСЬКА МІСЬКА РАДА

Про правила вигулу

З метою безпеки жителів міська рада вирішила:

1. Затвердити Правила (додаються).

2. Управлінню благоустрою:

2.1. Облаштувати майданчики.

Додаток 1

до рішення міської ради

ПРАВИЛА вигулу домашніх тварин

1. Загальні положення

1.1. Правила поширюються на всіх.

2. Вигул

2.1. Собаку вигулюють на повідку.

Додаток 2

до рішення міської ради

ПЕРЕЛІК майданчиків

1. Майданчик на вулиці Рудній.
"""


def version_of(text: str) -> int:
    return factories.draft(text).versions.get().pk


def test_names_clauses_annexes_and_the_parts_of_annexes():
    found = contents_of(version_of(TEXT))
    assert [(each.level, each.label, each.words) for each in found] == [
        (0, "1.", "Затвердити Правила (додаються)."),
        (0, "2.", "Управлінню благоустрою:"),
        (0, "Додаток 1", "ПРАВИЛА вигулу домашніх тварин"),
        (1, "1.", "Загальні положення"),
        (1, "2.", "Вигул"),
        (0, "Додаток 2", "ПЕРЕЛІК майданчиків"),
    ]


def test_each_clause_counts_with_one_entry_alone():
    version = factories.draft(TEXT).versions.get()
    keys = [key for entry in contents_of(version.pk) for key in entry.keys]
    behind_the_preamble = [clause.key for clause in version.outline() if clause.position >= 4]
    assert keys == behind_the_preamble


def test_a_very_long_text_keeps_what_has_clauses_of_its_own():
    clauses = "\n\n".join(f"{number}. Пункт." for number in range(3, 90))
    found = contents_of(version_of(TEXT.replace("Додаток 1", f"{clauses}\n\nДодаток 1")))
    assert len(found) <= MOST_ENTRIES
    assert "Додаток 2" in [each.label for each in found]


def test_one_clause_has_no_table_of_contents():
    assert contents_of(version_of("Рада вирішила:\n\n1. Затвердити Правила.\n")) == ()


def test_the_parts_are_the_preamble_and_the_annexes():
    preamble, first, second = parts_of(version_of(TEXT))
    assert (preamble.kind, preamble.start) == (PartKind.PREAMBLE, 0)
    assert preamble.title == "З метою безпеки жителів міська рада вирішила:"
    assert (first.kind, first.label, first.title) == (
        PartKind.ANNEX,
        "Додаток 1",
        "ПРАВИЛА вигулу домашніх тварин",
    )
    assert (first.end, second.label) == (second.start, "Додаток 2")


def test_a_text_of_nothing_but_a_preamble_has_no_part():
    assert parts_of(version_of("Рада звертається до жителів.")) == ()
