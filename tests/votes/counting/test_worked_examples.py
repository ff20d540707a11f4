"""Counting against examples that are published with their results."""

from __future__ import annotations

from votes.ballots.answers import Asked
from votes.counting.count import count
from votes.counting.ties import TieBreak

#: A capital for Tennessee, the example of many descriptions of voting methods: 42 % live in
#: Memphis, 26 % in Nashville, 15 % in Chattanooga, 17 % in Knoxville; all prefer what is nearer.
MEMPHIS, NASHVILLE, CHATTANOOGA, KNOXVILLE = CITIES = (1, 2, 3, 4)
TENNESSEE = (
    [[MEMPHIS, NASHVILLE, CHATTANOOGA, KNOXVILLE]] * 42
    + [[NASHVILLE, CHATTANOOGA, KNOXVILLE, MEMPHIS]] * 26
    + [[CHATTANOOGA, KNOXVILLE, NASHVILLE, MEMPHIS]] * 15
    + [[KNOXVILLE, CHATTANOOGA, NASHVILLE, MEMPHIS]] * 17
)

#: 45 ballots over five options, from M. Schulze's own paper (Example 1).
A, B, C, D, E = FIVE = (1, 2, 3, 4, 5)
SCHULZE = (
    [[A, C, B, E, D]] * 5
    + [[A, D, E, C, B]] * 5
    + [[B, E, D, A, C]] * 8
    + [[C, A, B, E, D]] * 3
    + [[C, A, E, B, D]] * 7
    + [[C, B, A, D, E]] * 2
    + [[D, C, E, B, A]] * 7
    + [[E, B, A, D, C]] * 8
)


def ranked(options, method):
    return Asked(id=7, kind="ranked", options=options, method=method)


def places(outcome):
    return {each.option: each.place for each in outcome.options}


def test_the_run_off_of_tennessee():
    outcome = count(ranked(CITIES, "runoff"), TENNESSEE, TieBreak("listed"))
    assert [dict(each.counts) for each in outcome.rounds] == [
        {MEMPHIS: 42, NASHVILLE: 26, CHATTANOOGA: 15, KNOXVILLE: 17},
        {MEMPHIS: 42, NASHVILLE: 26, KNOXVILLE: 32},
        {MEMPHIS: 42, KNOXVILLE: 58},
    ]
    assert [each.eliminated for each in outcome.rounds] == [(CHATTANOOGA,), (NASHVILLE,), ()]
    assert outcome.rounds[0].transfers == ((CHATTANOOGA, KNOXVILLE, 15),)
    assert outcome.rounds[1].transfers == ((NASHVILLE, KNOXVILLE, 26),)
    assert outcome.winners == (KNOXVILLE,)
    assert places(outcome) == {KNOXVILLE: 1, MEMPHIS: 2, NASHVILLE: 3, CHATTANOOGA: 4}


def test_condorcet_of_tennessee():
    outcome = count(ranked(CITIES, "schulze"), TENNESSEE, TieBreak())
    assert outcome.pairs == ((0, 42, 42, 42), (58, 0, 68, 68), (58, 32, 0, 83), (58, 32, 17, 0))
    assert outcome.winners == (NASHVILLE,)
    assert places(outcome) == {NASHVILLE: 1, CHATTANOOGA: 2, KNOXVILLE: 3, MEMPHIS: 4}


def test_schulzes_own_example():
    outcome = count(ranked(FIVE, "schulze"), SCHULZE, TieBreak())
    assert outcome.pairs == (
        (0, 20, 26, 30, 22),
        (25, 0, 16, 33, 18),
        (19, 29, 0, 17, 24),
        (15, 12, 28, 0, 14),
        (23, 27, 21, 31, 0),
    )
    assert places(outcome) == {E: 1, A: 2, C: 3, B: 4, D: 5}
    assert outcome.winners == (E,)


def test_schulzes_second_example():
    """30 ballots over four options."""
    ballots = spelled(
        "5 ACBD, 2 ACDB, 3 ADCB, 4 BACD, 3 CBDA, 3 CDBA, 1 DACB, 5 DBAC, 4 DCBA", "ABCD"
    )
    outcome = count(ranked((1, 2, 3, 4), "schulze"), ballots, TieBreak())
    assert in_order(outcome, "ABCD") == "DACB"


def test_schulzes_third_example():
    """30 ballots over five options."""
    ballots = spelled(
        "3 ABDEC, 5 ADEBC, 1 ADECB, 2 BADEC, 2 BDECA, 4 CABDE, 6 CBADE, 2 DBECA, 5 DECAB", "ABCDE"
    )
    outcome = count(ranked(FIVE, "schulze"), ballots, TieBreak())
    assert in_order(outcome, "ABCDE") == "BADEC"


def test_schulzes_fourth_example_has_two_winners():
    """9 ballots; neither B nor D beats the other, and nobody beats them."""
    ballots = spelled("3 ABCD, 2 DABC, 2 DBCA, 2 CBDA", "ABCD")
    asked = ranked((1, 2, 3, 4), "schulze")
    outcome = count(asked, ballots, TieBreak())
    assert outcome.winners == (2, 4)
    assert not any(each.by_tie_rule for each in outcome.options)
    listed = count(asked, ballots, TieBreak("listed"))
    assert listed.winners == (2,)
    assert [each.by_tie_rule for each in listed.options if each.place < 3] == [True, True]


def test_whom_nobody_beats_wins_even_if_it_beats_fewer():
    """A beats C; B beats nobody and nobody beats it: A and B share the first place."""
    answers = [[1, 3], [2], [1], [2, 3], [3, 1, 2], [3, 2], [1, 2, 3]]
    outcome = count(ranked((1, 2, 3), "schulze"), answers, TieBreak())
    unbeaten = tuple(
        option
        for index, option in enumerate((1, 2, 3))
        if all(
            outcome.pairs[other][index] <= outcome.pairs[index][other]
            for other in range(3)
            if other != index
        )
    )
    assert len(unbeaten) > 1
    assert outcome.winners == unbeaten


def test_a_run_off_does_not_promise_that_more_liked_is_not_worse():
    """The classic example: ten voters raise A to the first place, and A loses."""
    before = spelled("39 ABC, 35 BCA, 26 CAB", "ABC")
    after = spelled("49 ABC, 25 BCA, 26 CAB", "ABC")
    asked = ranked((1, 2, 3), "runoff")
    assert count(asked, before, TieBreak("listed")).winners == (1,)
    assert count(asked, after, TieBreak("listed")).winners == (3,)


def test_who_goes_out_first_among_equals_decides_who_wins():
    """Two for A, who like B next; two for B, who like C next; three for C, who like A next: each of
    A and B loses the place to the other's heir."""
    ballots = spelled("2 ABC, 2 BCA, 3 CAB", "ABC")
    listed = {
        order: count(ranked(order, "runoff"), ballots, TieBreak("listed"))
        for order in ((1, 2, 3), (2, 1, 3))
    }
    assert [outcome.winners for outcome in listed.values()] == [(3,), (2,)]
    assert all(outcome.rounds[0].by_tie_rule for outcome in listed.values())


def test_equals_who_like_each_other_keep_the_place_from_whom_both_like_least():
    """Three for C; two for A and two for B, who would rather have each other than C. Were A and B
    to go out together, C would win: so one goes, by the rule."""
    ballots = spelled("3 CAB, 2 ABC, 2 BAC", "ABC")
    assert count(ranked((1, 2, 3), "runoff"), ballots, TieBreak("listed")).winners == (1,)
    drawn = {
        count(ranked((1, 2, 3), "runoff"), ballots, TieBreak("lot", f"{n}")).winners
        for n in range(20)
    }
    assert drawn == {(1,), (2,)}


def spelled(ballots, letters):
    """«5 ACBD, 2 ACDB» as ballots of 1, 2, 3 …"""
    found = []
    for group in ballots.split(", "):
        number, order = group.split()
        found += [[letters.index(letter) + 1 for letter in order]] * int(number)
    return found


def in_order(outcome, letters):
    placed = sorted(outcome.options, key=lambda each: each.place)
    assert [each.place for each in placed] == list(range(1, len(letters) + 1))
    return "".join(letters[each.option - 1] for each in placed)


def test_what_is_left_out_stands_behind_what_is_ranked():
    outcome = count(ranked((1, 2, 3), "schulze"), [[2], [2, 1], [3]], TieBreak())
    assert outcome.pairs == ((0, 0, 1), (2, 0, 2), (1, 1, 0))


def test_a_ballot_that_ranks_nobody_left_is_exhausted():
    answers = [[1]] * 4 + [[2]] * 3 + [[3]] * 2
    outcome = count(ranked((1, 2, 3), "runoff"), answers, TieBreak("listed"))
    assert outcome.rounds[0].transfers == ((3, None, 2),)
    assert outcome.rounds[1].exhausted == 2
    assert outcome.winners == (1,)


def test_scores_and_points_are_summed():
    asked = Asked(id=1, kind="score", options=(1, 2))
    outcome = count(asked, [{"1": 5, "2": 3}, {"2": 3}, {"1": 0}], TieBreak())
    assert [(each.points, each.votes) for each in outcome.options] == [(5, 2), (6, 2)]
    assert outcome.options[0].spread == (1, 0, 0, 0, 0, 1)
    assert outcome.winners == (2,)
    asked = Asked(id=1, kind="points", options=(1, 2), budget=10)
    outcome = count(asked, [{"1": 7, "2": 3}, {"1": 1}], TieBreak())
    assert [each.points for each in outcome.options] == [8, 3]


def test_as_many_for_as_against_is_no_decision():
    asked = Asked(id=1, kind="yes_no")
    assert count(asked, ["yes", "no", "abstain"], TieBreak()).winners == ()
    assert count(asked, ["yes", "no", "yes"], TieBreak()).winners == ("yes",)
    assert count(asked, ["abstain"], TieBreak()).winners == ()


def test_nobody_wins_where_nobody_voted():
    for kind, method in [("single", ""), ("ranked", "runoff"), ("ranked", "schulze")]:
        asked = Asked(id=1, kind=kind, options=(1, 2), method=method)
        outcome = count(asked, [], TieBreak("listed"))
        assert outcome.winners == ()
        assert outcome.answers == 0


def test_equals_go_as_the_rule_says():
    asked = Asked(id=1, kind="single", options=(1, 2, 3))
    answers = [1, 2, 3, 2, 1]
    shared = count(asked, answers, TieBreak())
    assert shared.winners == (1, 2)
    assert places(shared) == {1: 1, 2: 1, 3: 3}
    listed = count(asked, answers, TieBreak("listed"))
    assert listed.winners == (1,)
    assert [each.by_tie_rule for each in listed.options] == [True, True, False]
    drawn = {count(asked, answers, TieBreak("lot", f"{n}")).winners for n in range(20)}
    assert drawn == {(1,), (2,)}


def test_equals_that_go_out_of_a_run_off():
    answers = [[1, 2]] * 4 + [[2, 1]] * 3 + [[3, 2]] * 2 + [[4, 1]] * 2
    one = count(ranked((1, 2, 3, 4), "runoff"), answers, TieBreak("listed"))
    assert one.rounds[0].eliminated == (4,)
    assert one.rounds[0].by_tie_rule
    equal = count(ranked((1, 2), "runoff"), [[1], [2]], TieBreak("listed"))
    assert equal.winners == (1,)
    assert [each.by_tie_rule for each in equal.rounds] == [True, False]
