"""Instant run-off: the weakest goes out, its ballots go to their next choice, until one has more
than half of those that still count for somebody.

The transfer of ballots is votelib's; the rounds, and who goes out among equals, are told here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from votelib.component.transfer import Gregory
from votelib.evaluate.sequential import allocation_totals, initial_allocation

from votes.answers import Asked
from votes.counting.outcome import OptionCount, Outcome, Round
from votes.counting.ties import TieBreak, winners_of

_TRANSFER = Gregory()


def count_runoff(asked: Asked, answers: Iterable[str | list[int]], ties: TieBreak) -> Outcome:
    """Rounds until a majority, or until all that are left are equal.

    Equals in the last place go out together where the rule leaves them equal (unless they are all
    that is left: then they share the place), else the one that the rule likes least.
    """
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
        out, by_rule = _out(counts, ties)
        if not out:
            rounds.append(Round(counts, exhausted))
            return tuple(rounds)
        after = _TRANSFER.transfer(allocation, list(out))
        left = [option for option in left if option not in out]
        for option in left:
            after.setdefault(option, {})
        rounds.append(Round(counts, exhausted, out, by_rule, _moved(allocation, after, out)))
        allocation = after


def _out(counts: Sequence[tuple[int, int]], ties: TieBreak) -> tuple[tuple[int, ...], bool]:
    """Who goes out after a round, and whether only the tie rule says so; () for nobody."""
    numbers = [number for _option, number in counts]
    if len(counts) < 2 or 2 * max(numbers) > sum(numbers):
        return (), False
    last = [option for option, number in counts if number == min(numbers)]
    if len(last) == 1:
        return tuple(last), False
    if not ties.leaves_equal:
        return (ties.order(last)[-1],), True
    # None of them is before another: together, unless nobody would be left.
    return (tuple(last), False) if len(last) < len(counts) else ((), False)


def _moved(
    before: dict, after: dict, out: Sequence[int]
) -> tuple[tuple[int, int | None, int], ...]:
    """How many ballots of each that went out count for whom afterwards."""
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
    first = dict(rounds[0].counts) if rounds else {}
    groups: list[list[int]] = []
    last = sorted(rounds[-1].counts, key=lambda pair: -pair[1]) if rounds else []
    for before, pair in pairwise([None, *last]):
        if before is not None and pair is not None and before[1] == pair[1]:
            groups[-1].append(pair[0])
        elif pair is not None:
            groups.append([pair[0]])
    by_rule: set[int] = set()
    for each in reversed(rounds[:-1]):
        groups.append(list(each.eliminated))
        if each.by_tie_rule:
            by_rule.update(each.eliminated)
    places: dict[int, int] = {}
    for group in groups:
        start = len(places) + 1
        if len(group) > 1 and not ties.leaves_equal:
            by_rule.update(group)
            places |= {option: start + index for index, option in enumerate(ties.order(group))}
        else:
            places |= dict.fromkeys(group, start)
    return tuple(
        OptionCount(
            option,
            votes=first.get(option, 0),
            place=places.get(option, len(places) + 1),
            by_tie_rule=option in by_rule,
        )
        for option in options
    )
