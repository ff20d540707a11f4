"""What every way of counting promises, for any ballots."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from votes.ballots.answers import NONE_OF_THESE, Asked, read_answer
from votes.counting.count import count
from votes.counting.ties import TieBreak

OPTIONS = (11, 12, 13, 14)
WAYS = [
    ("single", ""),
    ("multiple", ""),
    ("approval", ""),
    ("yes_no", ""),
    ("ranked", "runoff"),
    ("ranked", "schulze"),
    ("score", ""),
    ("points", ""),
]
ways = st.sampled_from(WAYS)
ties = st.builds(TieBreak, st.sampled_from(["shared", "listed", "lot"]), st.just("4711"))
#: What a run-off is counted with.
deciding = ties.filter(lambda tie: not tie.leaves_equal)


def asked_by(way):
    kind, method = way
    return Asked(
        id=1, kind=kind, method=method, options=OPTIONS, budget=10, none_of_these=kind != "yes_no"
    )


def answers_to(asked):
    """Any ballot that the question takes."""
    subsets = st.lists(st.sampled_from(OPTIONS), unique=True, min_size=1)
    ways_of = {
        "single": st.sampled_from(OPTIONS),
        "multiple": subsets,
        "approval": subsets,
        "yes_no": st.sampled_from(["yes", "no", "abstain"]),
        "ranked": subsets,
        "score": st.dictionaries(st.sampled_from(OPTIONS), st.integers(0, 5), min_size=1),
        "points": st.dictionaries(
            st.sampled_from(OPTIONS), st.integers(1, 2), min_size=1, max_size=4
        ),
    }
    answer = ways_of[asked.kind].map(lambda given: read_answer(asked, given))
    return answer if asked.kind == "yes_no" else answer | st.just(NONE_OF_THESE)


@st.composite
def elections(draw, most=30):
    asked = asked_by(draw(ways))
    tie = draw(deciding if asked.method == "runoff" else ties)
    return asked, draw(st.lists(answers_to(asked), max_size=most)), tie


@given(elections(), st.randoms(use_true_random=False))
def test_the_order_of_ballots_does_not_matter(election, random):
    asked, answers, tie = election
    shuffled = list(answers)
    random.shuffle(shuffled)
    one, other = count(asked, answers, tie), count(asked, shuffled, tie)
    # Within a round, moves of ballots are a set.
    assert one.options == other.options
    assert one.winners == other.winners
    assert one.pairs == other.pairs
    assert [(r.counts, r.exhausted, r.eliminated) for r in one.rounds] == [
        (r.counts, r.exhausted, r.eliminated) for r in other.rounds
    ]


@given(elections())
def test_every_ballot_is_counted_once(election):
    asked, answers, tie = election
    outcome = count(asked, answers, tie)
    assert outcome.answers == len(answers)
    assert outcome.none == answers.count(NONE_OF_THESE)
    votes = sum(each.votes for each in outcome.options)
    chose = [answer for answer in answers if answer != NONE_OF_THESE]
    if asked.kind in ("multiple", "approval", "score", "points"):
        assert votes == sum(len(answer) for answer in chose)
    else:
        assert votes == len(chose)
    if asked.kind in ("score", "points"):
        assert sum(each.points for each in outcome.options) == sum(
            sum(answer.values()) for answer in chose
        )
    for each in outcome.rounds:
        assert sum(number for _option, number in each.counts) + each.exhausted == len(chose)
        assert sum(number for _from, _to, number in each.transfers) == sum(
            dict(each.counts)[option] for option in each.eliminated
        )


@given(elections())
def test_places_are_whole_and_only_shared_where_the_rule_lets(election):
    asked, answers, tie = election
    outcome = count(asked, answers, tie)
    if asked.kind == "yes_no":
        return
    places = sorted(each.place for each in outcome.options)
    assert places[0] == 1
    assert all(place <= index + 1 for index, place in enumerate(places))
    if tie.rule != "shared":
        assert places == [1, 2, 3, 4]
        assert len(outcome.winners) <= 1


def for_the_winner(asked, winner):
    """A ballot of somebody who wants what won, and nothing else."""
    if asked.kind == "yes_no":
        return winner
    if asked.kind == "single":
        return winner
    if asked.kind in ("score", "points"):
        return {str(winner): 5}
    return [winner]


@given(elections())
def test_one_more_voter_for_the_winner_does_not_hurt_it(election):
    """Holds for each method: who adds a ballot for the winner alone leaves it the winner."""
    asked, answers, tie = election
    for winner in count(asked, answers, tie).winners:
        more = [*answers, for_the_winner(asked, winner)]
        assert winner in count(asked, more, tie).winners


@given(elections(), st.data())
def test_raising_the_winner_does_not_hurt_it_where_schulze_counts(election, data):
    _asked, _answers, tie = election
    asked = asked_by(("ranked", "schulze"))
    answers = data.draw(st.lists(answers_to(asked), min_size=1, max_size=20))
    chosen = data.draw(st.integers(0, len(answers) - 1))
    for winner in count(asked, answers, tie).winners:
        ballot = answers[chosen] if answers[chosen] != NONE_OF_THESE else []
        raised = [winner, *(option for option in ballot if option != winner)]
        changed = [*answers[:chosen], raised, *answers[chosen + 1 :]]
        assert winner in count(asked, changed, tie).winners


@given(st.data())
def test_who_beats_everybody_wins_where_schulze_counts(data):
    asked = asked_by(("ranked", "schulze"))
    outcome = count(asked, data.draw(st.lists(answers_to(asked), max_size=30)), TieBreak())
    for i, option in enumerate(OPTIONS):
        if all(outcome.pairs[i][j] > outcome.pairs[j][i] for j in range(4) if j != i):
            assert outcome.winners == (option,)


partly = st.lists(
    st.lists(st.sampled_from(OPTIONS), unique=True, min_size=1), min_size=1, max_size=20
)
full = st.lists(st.permutations(OPTIONS), min_size=1, max_size=20)

# --- What a sceptic asks --------------------------------------------------------------------------


def winners(asked, answers, tie=None):
    return count(asked, answers, tie or TieBreak()).winners


@st.composite
def rankings(draw):
    """Of some options, by either method, with a rule that goes with it."""
    method = draw(st.sampled_from(["runoff", "schulze"]))
    tie = draw(deciding if method == "runoff" else ties)
    return asked_by(("ranked", method)), draw(partly), tie


def renamed(asked, answer, names):
    """The same answer with other names for the options."""
    if isinstance(answer, list):
        given = [names[option] for option in answer]
    elif isinstance(answer, dict):
        given = {names[int(option)]: number for option, number in answer.items()}
    else:
        given = names.get(answer, answer)
    return read_answer(asked, given)


@given(elections(), st.permutations(OPTIONS))
def test_no_option_is_favoured_by_its_place_in_the_list(election, permuted):
    """Where equals stay equal, or a lot decides."""
    asked, answers, tie = election
    if asked.kind == "yes_no" or tie.rule == "listed":
        return
    moved = replace(asked, options=tuple(permuted))
    assert set(winners(asked, answers, tie)) == set(
        winners(moved, [read_answer(moved, answer) for answer in answers], tie)
    )
    if tie.rule == "shared":
        names = dict(zip(OPTIONS, permuted, strict=True))
        other = [renamed(asked, answer, names) for answer in answers]
        assert {names[each] for each in winners(asked, answers)} == set(winners(asked, other))


@given(elections(most=12), st.integers(2, 4))
def test_the_same_electorate_twice_decides_the_same(election, times):
    asked, answers, tie = election
    one, many = count(asked, answers, tie), count(asked, answers * times, tie)
    assert one.winners == many.winners
    assert [each.place for each in one.options] == [each.place for each in many.options]


@given(elections(), st.integers(1, 5))
def test_none_of_these_moves_no_option(election, number):
    asked, answers, tie = election
    if not asked.none_of_these:
        return
    one = count(asked, answers, tie)
    more = count(asked, [*answers, *[NONE_OF_THESE] * number], tie)
    assert one.options == more.options
    assert one.winners == more.winners
    assert (more.answers, more.none) == (one.answers + number, one.none + number)


@given(elections(), st.data())
def test_whom_one_voter_likes_more_is_not_worse_off_where_votes_are_added_up(election, data):
    """Of one option, several, scores and points; of a run-off nobody promises it."""
    asked, answers, tie = election
    if asked.kind in ("ranked", "yes_no") or not answers:
        return
    changed = data.draw(st.integers(0, len(answers) - 1))
    for winner in winners(asked, answers, tie):
        before = answers[changed]
        if asked.kind == "single":
            raised = winner
        elif isinstance(before, dict):
            raised = before | {str(winner): 5}
        elif isinstance(before, list):
            raised = sorted({*before, winner})
        else:
            raised = for_the_winner(asked, winner)
        after = [*answers[:changed], raised, *answers[changed + 1 :]]
        assert winner in winners(asked, after, tie)


@given(elections(), elections(), ties)
def test_what_two_halves_agree_on_the_whole_does_where_votes_are_added_up(one, other, tie):
    """And so whoever comes to vote for it does not make it lose."""
    asked, answers, _tie = one
    _asked, others, _tie = other
    if asked != _asked or asked.kind in ("ranked", "yes_no"):
        return
    both = set(winners(asked, answers)) & set(winners(asked, others))
    if both:
        assert set(winners(asked, [*answers, *others])) == both


@given(rankings())
def test_whom_more_than_half_put_first_wins(ranking):
    asked, answers, tie = ranking
    for option in OPTIONS:
        if 2 * sum(answer[0] == option for answer in answers) > len(answers):
            assert winners(asked, answers, tie) == (option,)


@given(rankings())
def test_who_loses_to_everybody_does_not_win(ranking):
    asked, answers, tie = ranking
    pairs = count(asked_by(("ranked", "schulze")), answers, tie).pairs
    found = winners(asked, answers, tie)
    for i, option in enumerate(OPTIONS):
        if all(pairs[i][j] < pairs[j][i] for j in range(4) if j != i):
            assert option not in found


@given(partly)
def test_the_winners_of_schulze_beat_everybody_outside_of_their_circle(answers):
    """They are of the smallest set whose members each beat all others."""
    outcome = count(asked_by(("ranked", "schulze")), answers, TieBreak())
    circles = [
        set(circle)
        for size in range(1, 5)
        for circle in combinations(range(4), size)
        if all(
            outcome.pairs[i][j] > outcome.pairs[j][i]
            for i in circle
            for j in set(range(4)) - set(circle)
        )
    ]
    assert {OPTIONS.index(winner) for winner in outcome.winners} <= circles[0]


@given(full)
def test_who_wins_alone_does_not_win_when_all_is_turned_round(answers):
    asked = asked_by(("ranked", "schulze"))
    found = winners(asked, [list(answer) for answer in answers])
    if len(found) == 1:
        turned = winners(asked, [list(reversed(answer)) for answer in answers])
        assert turned != found


@given(partly)
def test_schulze_counted_anew_from_his_definition(answers):
    """Truncated ballots tell apart what complete ones do not: a path is as strong as the number
    of voters on the winning side of its weakest link, not as their majority."""
    outcome = count(asked_by(("ranked", "schulze")), answers, TieBreak())
    wins = [[0] * 4 for _option in OPTIONS]
    for answer in answers:
        for place, option in enumerate(answer):
            for behind in set(OPTIONS) - set(answer[: place + 1]):
                wins[OPTIONS.index(option)][OPTIONS.index(behind)] += 1
    assert outcome.pairs == tuple(map(tuple, wins))
    path = [[wins[i][j] if wins[i][j] > wins[j][i] else 0 for j in range(4)] for i in range(4)]
    for over, i, j in product(range(4), repeat=3):
        if len({over, i, j}) == 3:
            path[i][j] = max(path[i][j], min(path[i][over], path[over][j]))
    beaten = [sum(path[j][i] > path[i][j] for j in range(4)) for i in range(4)]
    assert outcome.winners == tuple(o for o, by in zip(OPTIONS, beaten, strict=True) if not by)
    for (i, one), (j, other) in combinations(enumerate(outcome.options), 2):
        if path[i][j] > path[j][i]:
            assert one.place < other.place
        if path[j][i] > path[i][j]:
            assert other.place < one.place


@given(partly, deciding)
def test_a_run_off_counted_anew_by_hand(answers, tie):
    """Each ballot counts for the first of its options that is left, or is exhausted; one option a
    round goes out: of those with the fewest the one that the rule likes least."""
    outcome = count(asked_by(("ranked", "runoff")), answers, tie)
    left = list(OPTIONS)
    for round_ in outcome.rounds:
        tops = [next((option for option in answer if option in left), None) for answer in answers]
        counts = {option: tops.count(option) for option in left}
        assert dict(round_.counts) == counts
        assert round_.exhausted == tops.count(None)
        if len(left) == 1 or 2 * max(counts.values()) > sum(counts.values()):
            assert outcome.winners == (max(left, key=lambda option: counts[option]),)
            assert round_ == outcome.rounds[-1]
            return
        last = [
            option for option in tie.order(OPTIONS) if counts.get(option) == min(counts.values())
        ]
        assert round_.eliminated == (last[-1],)
        assert round_.by_tie_rule == (len(last) > 1)
        left.remove(last[-1])
    raise AssertionError("the rounds do not come to an end")


@given(partly, st.lists(st.permutations(OPTIONS), min_size=2, max_size=6))
def test_where_no_rule_decided_every_rule_gives_the_same(answers, lists):
    """The result says «by the rule» wherever another list would have given another winner."""
    asked = [replace(asked_by(("ranked", "runoff")), options=tuple(each)) for each in lists]
    outcomes = [count(each, answers, TieBreak("listed")) for each in asked]
    if len({outcome.winners for outcome in outcomes}) > 1:
        assert all(any(each.by_tie_rule for each in outcome.rounds) for outcome in outcomes)


@given(partly)
def test_a_run_off_is_not_counted_without_a_rule_that_tells_equals_apart(answers):
    with pytest.raises(ValueError, match="tells equals apart"):
        count(asked_by(("ranked", "runoff")), answers, TieBreak("shared"))
