"""A list of contents is found by the titles that it repeats, and offered for removal."""

import pytest

from drafts.clauses import actions
from drafts.versions import actions as version_actions
from drafts.versions.contents_list import find_contents
from drafts.versions.doubts import Kind, find_doubts
from tests.drafts.clauses.test_edit_clauses import refused_code

STATUTE = """СТАТУТ
ЗМІСТ
Розділ І. Загальні положення{0}3
Стаття 1. Статут{0}3
Стаття 2. Символи{0}4
Розділ ІІ. Рада{0}5
Стаття 3. Склад ради{0}5
Розділ І. Загальні положення
Стаття 1. Статут
1. Статут діє в місті.
Стаття 2. Символи
1. Місто має герб.
Розділ ІІ. Рада
Стаття 3. Склад ради
1. У раді 34 депутати."""


def clauses_of(text, by):
    version = version_actions.import_draft(text.encode(), name="a.txt", by=by)
    return version, list(version.outline())


@pytest.mark.parametrize("leader", ["\t", " ....... ", "……"])
def test_once_removed_the_clauses_have_their_own_labels(ofi, leader):
    version, clauses = clauses_of(STATUTE.format(leader), ofi)
    assert any("друга нумерація" in clause.label for clause in clauses)
    (doubt,) = find_doubts(clauses)
    assert (doubt.kind, len(doubt.parts)) == (Kind.CONTENTS, 6)
    assert doubt.parts[0].text == "ЗМІСТ"
    actions.remove_all(doubt.parts, by=ofi)
    assert [clause.label for clause in version.outline()][1:4] == [
        "розд. I",
        "ст. 1",
        "ст. 1, ч. 1",
    ]
    assert not find_doubts(list(version.outline()))


def test_a_text_is_published_when_its_contents_are_removed_or_kept(ofi):
    kept, clauses = clauses_of(STATUTE.format(" "), ofi)
    assert refused_code(version_actions.publish, kept, by=ofi) == "draft.contents_undecided"
    version_actions.publish(kept, keeps_contents=True, by=ofi)
    removed, clauses = clauses_of(STATUTE.format(" "), ofi)
    actions.remove_all(find_contents(clauses), by=ofi)
    assert version_actions.publish(removed, by=ofi).is_published


@pytest.mark.parametrize(
    "text",
    [
        # Two lines alone, ends in numbers that no later clause repeats, pages that go back.
        "Статут 3\nРада 4\n1. Так.\nСтатут\nРада",
        "1. Тариф 3\n2. Збір 4\n3. Податок 5\n4. Кінець.",
        "Статут 9\nРада 5\nСуд 2\n1. Так.\nСтатут\nРада\nСуд",
    ],
)
def test_lines_that_only_end_in_numbers_are_no_contents(ofi, text):
    assert find_contents(clauses_of(text, ofi)[1]) == []
