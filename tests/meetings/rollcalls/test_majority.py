"""The arithmetic of roll-calls: each row with its article."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.models import RollCall
from meetings.rollcalls import majority

MAJORITY, TWO_THIRDS, PROCEDURAL = RollCall.Needs.values
#: article, what it takes, total membership, present, for it, carried.
ROWS = [
    # More than half of the total, whoever is present.
    ("280/97-ВР 59(2)", MAJORITY, 64, 64, 33, True),
    ("280/97-ВР 59(2)", MAJORITY, 64, 64, 32, False),
    ("280/97-ВР 59(2)", MAJORITY, 64, 40, 33, True),
    ("280/97-ВР 59(2)", MAJORITY, 64, 40, 32, False),
    ("280/97-ВР 59(2)", MAJORITY, 54, 28, 28, True),
    ("280/97-ВР 59(2)", MAJORITY, 54, 28, 27, False),
    # The head of the city takes part: the total is odd, their vote counts.
    ("280/97-ВР 59(2)", MAJORITY, 65, 65, 33, True),
    ("280/97-ВР 59(2)", MAJORITY, 65, 65, 32, False),
    ("280/97-ВР 59(2)", MAJORITY, 1, 1, 1, True),
    # Not less than two thirds of the total: land for nothing, a decision that the head stopped.
    ("280/97-ВР 59(2)", TWO_THIRDS, 64, 64, 43, True),
    ("280/97-ВР 59(2)", TWO_THIRDS, 64, 64, 42, False),
    ("280/97-ВР 59(4)", TWO_THIRDS, 54, 40, 36, True),
    ("280/97-ВР 59(4)", TWO_THIRDS, 54, 40, 35, False),
    ("280/97-ВР 59(4)", TWO_THIRDS, 65, 60, 44, True),
    ("280/97-ВР 59(4)", TWO_THIRDS, 65, 60, 43, False),
    # A procedural question, by the council's own rules: of those present.
    ("280/97-ВР 46(15)", PROCEDURAL, 64, 40, 21, True),
    ("280/97-ВР 46(15)", PROCEDURAL, 64, 40, 20, False),
    ("280/97-ВР 46(15)", PROCEDURAL, 64, 33, 17, True),
    # Without more than half of the total nobody decides anything.
    ("280/97-ВР 46(12)", PROCEDURAL, 64, 32, 32, False),
    ("280/97-ВР 46(12)", PROCEDURAL, 64, 33, 33, True),
    ("280/97-ВР 46(12)", MAJORITY, 64, 32, 32, False),
    # Committees and the executive committee: of their own total.
    ("280/97-ВР 47(10)", MAJORITY, 9, 5, 5, True),
    ("280/97-ВР 47(10)", MAJORITY, 9, 5, 4, False),
    ("280/97-ВР 47(9)", MAJORITY, 10, 5, 5, False),
    ("280/97-ВР 59(6)", MAJORITY, 25, 20, 13, True),
    ("280/97-ВР 59(6)", MAJORITY, 25, 20, 12, False),
]


def result(needs: str, membership: int, present: int, for_: int) -> majority.Result:
    roll_call = RollCall(needs=needs, membership=membership, present=present)
    others = ["against", "abstained", "not_voting"]
    cast = ["for"] * for_ + [others[number % 3] for number in range(present - for_)]
    return majority.result_of(roll_call, cast + ["absent"] * (membership - present))


@pytest.mark.parametrize(("article", "needs", "membership", "present", "for_", "carried"), ROWS)
def test_a_question_is_carried_by_its_majority(article, needs, membership, present, for_, carried):
    assert result(needs, membership, present, for_).is_carried is carried, article


@settings(max_examples=40)
@given(
    needs=st.sampled_from([MAJORITY, TWO_THIRDS, PROCEDURAL]),
    membership=st.integers(1, 150),
    share=st.fractions(0, 1),
    voted=st.fractions(0, 1),
)
def test_what_it_takes_is_neither_less_nor_more(needs, membership, share, voted):
    """Against the words of the law, by fractions, which the code does not use."""
    present = int(membership * share)
    for_ = int(present * voted)
    said = result(needs, membership, present, for_)
    enough = {
        MAJORITY: for_ > membership / 2,
        TWO_THIRDS: 3 * for_ >= 2 * membership,
        PROCEDURAL: for_ > present / 2,
    }[needs]
    assert said.is_carried == (enough and present > membership / 2)
    assert said.for_ + said.against + said.abstained + said.not_voting == present
    assert said.absent == membership - present


def test_while_it_is_open_who_has_voted_is_present():
    roll_call = RollCall(needs=PROCEDURAL, membership=5)
    said = majority.result_of(roll_call, ["for", "for", "against"])
    assert (said.present, said.needed, said.is_carried) == (3, 2, True)
