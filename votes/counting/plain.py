"""Counting by addition: one option, several, yes or no, scores, points, texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from votes.ballots.answers import ABSTAIN, BEST_SCORE, NO, NONE_OF_THESE, YES, Asked
from votes.counting.outcome import OptionCount, Outcome
from votes.counting.ties import TieBreak, place_counts, winners_of


def count_choices(
    asked: Asked, answers: Iterable[int | str | list[int]], ties: TieBreak
) -> Outcome:
    """Single, multiple and approval: the option that most ballots chose."""
    number = none = 0
    votes: Counter[int] = Counter()
    for answer in answers:
        number += 1
        if answer == NONE_OF_THESE:
            none += 1
        elif isinstance(answer, list):
            votes.update(answer)
        else:
            votes[int(answer)] += 1
    counts = [OptionCount(option, votes[option]) for option in asked.options]
    return _outcome(asked, number, none, place_counts(counts, lambda each: each.votes, ties))


def count_yes_no(asked: Asked, answers: Iterable[str], ties: TieBreak) -> Outcome:
    """Yes or no, whichever has more; abstentions count as answers and for neither. No tie rule:
    as many for as against is no decision."""
    found = Counter(answers)
    counts = tuple(OptionCount(word, found[word]) for word in (YES, NO, ABSTAIN))
    winners = () if found[YES] == found[NO] else (YES if found[YES] > found[NO] else NO,)
    return Outcome(
        question=asked.id, answers=found.total(), none=0, options=counts, winners=winners
    )


def count_sums(asked: Asked, answers: Iterable[str | Mapping[str, int]], ties: TieBreak) -> Outcome:
    """Scores and points: the option with the greatest sum. What was not scored adds nothing."""
    number = none = 0
    sums: Counter[int] = Counter()
    spreads = {option: [0] * (BEST_SCORE + 1) for option in asked.options}
    for answer in answers:
        number += 1
        if isinstance(answer, str):
            none += 1
            continue
        for option, points in answer.items():
            sums[int(option)] += points
            spreads[int(option)][min(points, BEST_SCORE)] += 1
    is_score = asked.kind == "score"
    counts = [
        OptionCount(
            option,
            votes=sum(spreads[option]),
            points=sums[option],
            spread=tuple(spreads[option]) if is_score else (),
        )
        for option in asked.options
    ]
    return _outcome(asked, number, none, place_counts(counts, lambda each: each.points or 0, ties))


def count_texts(asked: Asked, answers: Iterable[str], ties: TieBreak) -> Outcome:
    """Texts are read, not counted: how many there are."""
    return Outcome(question=asked.id, answers=sum(1 for _each in answers), none=0)


def _outcome(asked: Asked, number: int, none: int, counts: tuple[OptionCount, ...]) -> Outcome:
    anything = any(each.votes for each in counts)
    return Outcome(
        question=asked.id,
        answers=number,
        none=none,
        options=counts,
        winners=winners_of(counts) if anything else (),
    )
