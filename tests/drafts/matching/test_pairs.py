"""Pairs of clauses that an officer should look at, and what they may say of them."""

from __future__ import annotations

import pytest

from core.domain.rules import Refused
from drafts.clauses import actions as repair
from drafts.matching.actions import rematch
from drafts.matching.pairs import Doubt, find_gone, find_pairs
from drafts.models import Clause, Revision
from drafts.versions import actions

FIRST = """Про порядок

1. Власник прибирає територію навколо майданчика двічі на день за власний кошт.
2. Музика лунає не гучніше за норми, які визначає санітарна служба міста.
3. Контроль покласти на постійну комісію з питань благоустрою.
"""
SECOND = """Про порядок

1. Власник прибирає територію навколо майданчика щодня й вивозить сміття до світанку.
2. Створити відкритий реєстр дозволів.
3. Контроль покласти на постійну комісію з питань благоустрою.
"""


def clauses(text: str) -> list[Clause]:
    kept = [line for line in text.splitlines() if line[:1].isdigit()]
    return [
        Clause(pk=at, position=at, text=line[3:], marker=line[:2], label=f"п. {line[0]}")
        for at, line in enumerate(kept)
    ]


def test_the_least_alike_come_first():
    before, after = clauses(FIRST), clauses(SECOND)
    for old, new in zip(before, after, strict=True):
        new.key = old.key
    pairs = find_pairs(before, after)
    assert [(pair.new.label, pair.doubt) for pair in pairs] == [
        ("п. 2", Doubt.OTHER_WORDS),
        ("п. 1", Doubt.OTHER_WORDS),
        ("п. 3", Doubt.NONE),
    ]
    assert pairs[2].likeness == 1.0
    assert find_gone(before, after) == []


def test_a_new_clause_like_one_that_is_gone_is_doubtful():
    before, after = clauses(FIRST), clauses(SECOND)
    after[2].key = before[2].key
    pairs = {pair.new.label: pair for pair in find_pairs(before, after)}
    assert (pairs["п. 1"].doubt, pairs["п. 1"].others) == (Doubt.MAYBE_OLD, (before[0],))
    assert pairs["п. 2"].doubt == Doubt.NONE
    assert find_gone(before, after) == before[:2]


def test_another_clause_that_is_more_alike_is_offered():
    before, after = clauses(FIRST), clauses(FIRST)
    after[0].key, after[1].key, after[2].key = before[1].key, before[0].key, before[2].key
    pair = find_pairs(before, after)[0]
    assert (pair.doubt, pair.others[0].key) == (Doubt.RIVAL, after[1 - pair.new.position].key)


def test_what_was_looked_at_is_doubtful_no_more():
    before, after = clauses(FIRST), clauses(SECOND)
    after[0].is_match_confirmed = True
    assert not any(pair.is_doubtful for pair in find_pairs(before, after) if pair.new is after[0])


@pytest.fixture
def preview(db):
    first = actions.import_draft(FIRST.encode(), name="d.txt")
    actions.publish(first)
    return actions.import_version(first.draft, SECOND.encode(), name="d.txt")


def test_keys_change_places_and_come_back(preview):
    one, two, three = preview.clauses.numbered().in_order()
    keys = [one.key, two.key, three.key]
    assert rematch(preview, {one.pk: three.key, three.pk: one.key}) == 2
    changed = list(preview.clauses.numbered().in_order())
    assert [clause.key for clause in changed] == [keys[2], keys[1], keys[0]]
    assert [clause.is_match_confirmed for clause in changed] == [True, False, True]
    repair.undo(Revision.objects.get())
    assert [clause.key for clause in preview.clauses.numbered().in_order()] == keys


def test_who_had_the_key_is_new_then(preview):
    _one, two, three = preview.clauses.numbered().in_order()
    assert rematch(preview, {two.pk: three.key}) == 2
    three.refresh_from_db()
    assert three.key != Clause.objects.get(pk=two.pk).key


def test_confirming_changes_nothing_that_could_be_undone(preview):
    one, *_rest = preview.clauses.numbered().in_order()
    assert rematch(preview, {one.pk: one.key}) == 0
    assert not Revision.objects.exists()


@pytest.mark.parametrize("case", ["twice", "unknown", "published"])
def test_refusals(preview, case):
    one, two, three = preview.clauses.numbered().in_order()
    choices = {
        "twice": {one.pk: three.key, two.pk: three.key},
        "unknown": {one.pk: Clause().key},
        "published": {one.pk: None},
    }[case]
    if case == "published":
        actions.publish(preview)
    with pytest.raises(Refused) as refused:
        rematch(preview, choices)
    assert (
        refused.value.verdict.code
        == {
            "twice": "draft.continued_twice",
            "unknown": "draft.no_such_clause",
            "published": "draft.published",
        }[case]
    )
