"""What every way of counting promises, for any ballots."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from votes.answers import NONE_OF_THESE, Asked, read_answer
from votes.counting import TieBreak, count

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
    return asked, draw(st.lists(answers_to(asked), max_size=most)), draw(ties)


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
