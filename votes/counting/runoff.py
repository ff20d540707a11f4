"""Instant run-off: the weakest goes out, its ballots go to their next choice, until one has more
than half of those that still count for somebody.

The transfer of ballots is votelib's; the rounds, and who goes out among equals, are told here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from votelib.component.transfer import Gregory
from votelib.evaluate.sequential import allocation_totals, initial_allocation

from votes.ballots.answers import Asked
from votes.counting.outcome import OptionCount, Outcome, Round
from votes.counting.ties import TieBreak, winners_of

_TRANSFER = Gregory()

#: Option -> the ballots that count for it, and how many of each.
type Held = Mapping[int, Mapping[tuple[int, ...], Fraction | int]]


def count_runoff(asked: Asked, answers: Iterable[str | list[int]], ties: TieBreak) -> Outcome:
    """Rounds until a majority, or until one is left. Of equals in the last place the one goes out
    that the rule likes least.

    ``ties`` has to tell equals apart (else ValueError): who goes out first can decide who wins, and
    so can letting equals go out together.
    """
    if ties.leaves_equal:
        raise ValueError("a run-off needs a rule that tells equals apart")
    ballots = Counter(tuple(answer) if isinstance(answer, list) else () for answer in answers)
    none = ballots.pop((), 0)
    rounds = _rounds(asked.options, ballots, ties)
    return Outcome(
        question=asked.id,
        answers=ballots.total() + none,
        none=none,
        options=(counts := _places(asked.options, rounds, ties)),
        winners=winners_of(counts) if ballots else (),
        rounds=rounds,
    )


def _rounds(
    options: Sequence[int], ballots: Counter[tuple[int, ...]], ties: TieBreak
) -> tuple[Round, ...]:
    rounds: list[Round] = []
    # Options that nobody puts first must be known to the library all the same.
    allocation = initial_allocation(dict(ballots), _TRANSFER)
    for option in options:
        allocation.setdefault(option, {})
    left = list(options)
    while True:
        totals = allocation_totals(allocation)
        counts = tuple((option, int(totals.get(option) or 0)) for option in left)
        exhausted = int(totals.get(None) or 0)
        out, by_rule = _find_eliminated(counts, ties)
        if not out:
            rounds.append(Round(counts, exhausted))
            return tuple(rounds)
        after = _TRANSFER.transfer(allocation, list(out))
        left = [option for option in left if option not in out]
        for option in left:
            after.setdefault(option, {})
        rounds.append(
            Round(counts, exhausted, out, by_rule, _count_transfers(allocation, after, out))
        )
        allocation = after


def _find_eliminated(
    counts: Sequence[tuple[int, int]], ties: TieBreak
) -> tuple[tuple[int, ...], bool]:
    """Find the options eliminated after a round, and whether only the tie rule says so; () for
    none.
    """
    numbers = [number for _option, number in counts]
    if len(counts) < 2 or 2 * max(numbers) > sum(numbers):
        return (), False
    last = [option for option, number in counts if number == min(numbers)]
    return (ties.order(last)[-1],), len(last) > 1


def _count_transfers(
    before: Held, after: Held, out: Sequence[int]
) -> tuple[tuple[int, int | None, int], ...]:
    """Count how many ballots of each eliminated option count for whom afterwards."""
    moved: Counter[tuple[int, int | None]] = Counter()
    where = {ballot: option for option, held in after.items() for ballot in held}
    for option in out:
        for ballot, number in before.get(option, {}).items():
            moved[option, where.get(ballot)] += int(number)
    return tuple((start, end, number) for (start, end), number in moved.items())


def _places(
    options: Sequence[int], rounds: Sequence[Round], ties: TieBreak
) -> tuple[OptionCount, ...]:
    """Whoever lasted longer stands higher; within the last round, whoever had more."""
    first, last = dict(rounds[0].counts), dict(rounds[-1].counts)
    numbers = Counter(last.values())
    by_rule = {option for option, number in last.items() if numbers[number] > 1}
    order = sorted(ties.order(list(last)), key=lambda option: -last[option])
    for each in reversed(rounds[:-1]):
        order += each.eliminated
        if each.by_tie_rule:
            by_rule.update(each.eliminated)
    return tuple(
        OptionCount(
            option,
            votes=first[option],
            place=order.index(option) + 1,
            by_tie_rule=option in by_rule,
        )
        for option in options
    )
