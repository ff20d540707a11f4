"""A ballot is taken in its form, or refused with the question that is wrong; never half of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.rules import Refused
from votes.ballots.answers import NONE_OF_THESE, Asked, read, read_answer

SINGLE = Asked(id=1, kind="single", options=(5, 6, 7), none_of_these=True)
MULTIPLE = Asked(id=2, kind="multiple", options=(5, 6, 7), least=2, most=2)
YES_NO = Asked(id=3, kind="yes_no")
RANKED = Asked(id=4, kind="ranked", options=(5, 6, 7), method="runoff")
SCORE = Asked(id=5, kind="score", options=(5, 6, 7))
POINTS = Asked(id=6, kind="points", options=(5, 6, 7), budget=10)
TEXT = Asked(id=7, kind="text", is_required=False)
ALL = (SINGLE, MULTIPLE, YES_NO, RANKED, SCORE, POINTS, TEXT)


@pytest.mark.parametrize(
    ("asked", "given", "kept"),
    [
        (SINGLE, "6", 6),
        (SINGLE, 6, 6),
        (SINGLE, "none", NONE_OF_THESE),
        (MULTIPLE, ["7", "5"], [5, 7]),
        (YES_NO, "abstain", "abstain"),
        (RANKED, [7, 5], [7, 5]),
        (SCORE, {"7": "0", "5": 5, "6": ""}, {"5": 5, "7": 0}),
        (POINTS, {"5": 7, "6": 0, "7": 3}, {"5": 7, "7": 3}),
        (TEXT, "  Дякую. ", "Дякую."),
        (TEXT, "   ", None),
        (SINGLE, "", None),
        (POINTS, {"5": 0}, None),
    ],
)
def test_answers_in_the_form_of_their_keeping(asked, given, kept):
    assert read_answer(asked, given) == kept


@pytest.mark.parametrize(
    ("asked", "given", "code"),
    [
        (SINGLE, 8, "ballot.unknown_option"),
        (SINGLE, True, "ballot.malformed"),
        (SINGLE, "6; DROP", "ballot.malformed"),
        (SINGLE, [6], "ballot.malformed"),
        (RANKED, "none", "ballot.malformed"),
        (MULTIPLE, [5], "ballot.too_few"),
        (MULTIPLE, [5, 6, 7], "ballot.too_many"),
        (MULTIPLE, [5, 5], "ballot.malformed"),
        (RANKED, [5, 6, 5], "ballot.malformed"),
        (RANKED, [5, 6, 7, 5], "ballot.malformed"),
        (YES_NO, "maybe", "ballot.malformed"),
        (YES_NO, {"a": 1}, "ballot.malformed"),
        (SCORE, {"5": 6}, "ballot.malformed"),
        (SCORE, {"5": -1}, "ballot.malformed"),
        (POINTS, {"5": 8, "6": 3}, "ballot.over_budget"),
        (POINTS, {"5": "-1"}, "ballot.malformed"),
        (POINTS, {"5": 1.5}, "ballot.malformed"),
        (TEXT, "я" * 501, "ballot.too_long"),
        (TEXT, "\x00", "ballot.malformed"),
        (TEXT, 7, "ballot.malformed"),
    ],
)
def test_anything_else_is_refused_with_its_question(asked, given, code):
    with pytest.raises(Refused) as refused:
        read_answer(asked, given)
    assert refused.value.verdict.code == code
    assert refused.value.verdict.params["question"] == asked.id


def test_a_whole_ballot():
    given = {"1": "5", "2": [5, 6], "3": "yes", "4": [7], "5": {"5": 1}, "6": {"6": 10}}
    assert read(ALL, given) == given | {"1": 5}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"3": "yes", "9": 1}, "ballot.unknown_question"),
        ([], "ballot.unknown_question"),
        ({}, "ballot.unanswered"),
    ],
)
def test_a_ballot_that_is_none(given, code):
    with pytest.raises(Refused) as refused:
        read((YES_NO,), given)
    assert refused.value.verdict.code == code


def test_all_that_is_wrong_is_told_at_once():
    given = {"1": "5", "2": [5], "3": "maybe", "4": [5, 6], "6": {"5": 11}, "7": "я" * 501}
    with pytest.raises(Refused) as refused:
        read(ALL, given)
    verdict = refused.value.verdict
    told = [(each["question"], each["code"]) for each in verdict.params["questions"]]
    assert told == [
        (2, "ballot.too_few"),
        (3, "ballot.malformed"),
        (5, "ballot.unanswered"),
        (6, "ballot.over_budget"),
        (7, "ballot.too_long"),
    ]
    assert (verdict.code, verdict.params["question"]) == told[0][::-1]
    assert verdict.message == verdict.params["questions"][0]["detail"]


def test_an_empty_ballot_is_none():
    with pytest.raises(Refused) as refused:
        read((TEXT,), {"7": " "})
    assert refused.value.verdict.code == "ballot.empty"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(st.sampled_from(ALL), JSON)
def test_whatever_comes_is_taken_or_refused(asked, given):
    try:
        kept = read_answer(asked, given)
    except Refused as refused:
        assert refused.verdict.code.startswith("ballot.")
    else:
        assert read_answer(asked, kept) == kept


def test_an_option_may_have_the_greatest_number():
    greatest = 2**63 - 1
    single, score = (Asked(3, kind, (greatest, 4)) for kind in ("single", "score"))
    assert read_answer(single, str(greatest)) == greatest
    assert read_answer(score, {str(greatest): "5"}) == {str(greatest): 5}
