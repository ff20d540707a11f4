"""Condorcet by Schulze's method: each option against each other, and the strongest paths.

The pairwise matrix is numpy's work (200,000 ballots), the paths are votelib's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from votelib.evaluate.condorcet import Schulze

from votes.ballots.answers import Asked
from votes.counting.outcome import OptionCount, Outcome
from votes.counting.ties import TieBreak, place_counts, winners_of


def count_schulze(asked: Asked, answers: Iterable[str | list[int]], ties: TieBreak) -> Outcome:
    """The options that no other beats by a stronger path come first, all of them; then those that
    fewest beat, and so on; equals by the tie rule."""
    ballots = Counter(tuple(answer) if isinstance(answer, list) else () for answer in answers)
    none = ballots.pop((), 0)
    pairs = pairwise_matrix(asked.options, ballots)
    first = Counter[int]()
    for ballot, number in ballots.items():
        first[ballot[0]] += number
    beaten = _beaten_by(asked.options, pairs)
    counts = place_counts(
        [OptionCount(option, first[option]) for option in asked.options],
        lambda each: -beaten[int(each.option)],
        ties,
    )
    return Outcome(
        question=asked.id,
        answers=ballots.total() + none,
        none=none,
        options=counts,
        winners=winners_of(counts) if ballots else (),
        pairs=pairs,
    )


def pairwise_matrix(
    options: Sequence[int], ballots: Mapping[tuple[int, ...], int]
) -> tuple[tuple[int, ...], ...]:
    """``[i][j]``: ballots that put the i-th option before the j-th. What a ballot leaves out stands
    equal last, behind all that it ranks."""
    size = len(options)
    column = {option: index for index, option in enumerate(options)}
    ranks = np.full((len(ballots), size), size, dtype=np.int16)
    weights = np.fromiter(ballots.values(), dtype=np.int64, count=len(ballots))
    for row, ballot in enumerate(ballots):
        for rank, option in enumerate(ballot):
            ranks[row, column[option]] = rank
    matrix = [weights @ (ranks[:, [index]] < ranks) for index in range(size)]
    return tuple(tuple(int(number) for number in row) for row in matrix)


def _beaten_by(options: Sequence[int], pairs: Sequence[Sequence[int]]) -> dict[int, int]:
    """Number of others that beat each option by their strongest path. The relation is transitive,
    so whoever beats another is beaten by fewer; and nobody beats the method's winners, also where
    one of these beats fewer others than the next does.
    """
    counts = {
        (one, other): pairs[i][j]
        for i, one in enumerate(options)
        for j, other in enumerate(options)
        if i != j
    }
    paths = Schulze.widest_paths(counts)
    return {
        one: sum(
            paths.get((other, one), 0) > paths.get((one, other), 0)
            for other in options
            if other != one
        )
        for one in options
    }
