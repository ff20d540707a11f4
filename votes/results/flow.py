"""Flow diagram of a run-off's rounds: which option goes out, and where its ballots go.

A column for each round, in it a block for each option that is still in and one for ballots that
name no further choice, as high as they have ballots; from each column to the next a band for every
transfer. Pixels; templates/votes/flow.html draws it, and the list of rounds says the same in words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: From column to column; the width of a block; what stands between blocks; below the headings.
STEP, BLOCK, GAP, TOP = 240, 14, 26, 34
#: The height of all ballots, and of the smallest block.
HEIGHT, LEAST = 230, 2
#: So much of a name stands beside its block.
LONGEST_NAME = 24


@dataclass(frozen=True, slots=True)
class Block:
    """``kind``: in, out (goes out after this round), won, exhausted."""

    x: float
    y: float
    height: float
    label: str
    title: str
    number: int
    kind: str

    @property
    def label_x(self) -> float:
        return self.x + BLOCK + 6

    @property
    def label_y(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Band:
    """``kind``: stays, moves, exhausted."""

    path: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class Flow:
    width: int
    height: int
    block: int
    blocks: tuple[Block, ...]
    bands: tuple[Band, ...]
    #: Where the heading of each round stands.
    rounds: tuple[int, ...]


def flow(
    rounds: Sequence[Mapping[str, Any]],
    names: Mapping[Any, str],
    winners: Sequence[Any],
    no_choice: str,
) -> Flow | None:
    """From rounds as they are published (counting.outcome.Round) to what is drawn; None where the
    first round decided. ``no_choice``: what ballots are called that name nobody who is left."""
    if len(rounds) < 2:
        return None
    whole = max(sum(number for _option, number in rounds[0]["counts"]) + rounds[0]["exhausted"], 1)
    scale = HEIGHT / whole
    order = _order(rounds)
    columns = [_column(each, order) for each in rounds]
    blocks: list[dict[Any, Block]] = []
    for index, (column, each) in enumerate(zip(columns, rounds, strict=True)):
        top = float(TOP)
        blocks.append({})
        for option, number in column:
            height = max(number * scale, LEAST)
            name = no_choice if option is None else names[option]
            is_last = index == len(rounds) - 1
            blocks[-1][option] = Block(
                x=index * STEP,
                y=round(top, 1),
                height=round(height, 1),
                label=name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…",
                title=name,
                number=number,
                kind=_kind(option, each, winners if is_last else ()),
            )
            top += height + GAP
    bands = [
        band
        for index in range(len(rounds) - 1)
        for band in _bands(rounds[index], blocks[index], blocks[index + 1], order, scale)
    ]
    lowest = max(block.y + block.height for column in blocks for block in column.values())
    return Flow(
        width=len(rounds) * STEP,
        height=round(lowest) + GAP // 2,
        block=BLOCK,
        blocks=tuple(block for column in blocks for block in column.values()),
        bands=tuple(bands),
        rounds=tuple(index * STEP for index in range(len(rounds))),
    )


def _order(rounds: Sequence[Mapping[str, Any]]) -> dict[Any, int]:
    """Whoever lasts longer stands higher, in every column alike; ballots without a choice last."""
    last = [option for option, _number in sorted(rounds[-1]["counts"], key=lambda each: -each[1])]
    gone = [option for each in reversed(rounds[:-1]) for option in each["eliminated"]]
    return {option: place for place, option in enumerate([*last, *gone, None])}


def _column(each: Mapping[str, Any], order: Mapping[Any, int]) -> list[tuple[Any, int]]:
    found = [(option, number) for option, number in each["counts"]]
    if each["exhausted"]:
        found.append((None, each["exhausted"]))
    return sorted(found, key=lambda pair: order[pair[0]])


def _kind(option: Any, each: Mapping[str, Any], winners: Sequence[Any]) -> str:
    if option is None:
        return "exhausted"
    if option in each["eliminated"]:
        return "out"
    return "won" if option in winners else "in"


def _bands(
    each: Mapping[str, Any],
    before: Mapping[Any, Block],
    after: Mapping[Any, Block],
    order: Mapping[Any, int],
    scale: float,
) -> list[Band]:
    moves = [
        (option, option, block.number)
        for option, block in before.items()
        if option not in each["eliminated"]
    ]
    moves += [(start, end, number) for start, end, number in each["transfers"] if number]
    moves.sort(key=lambda move: (order[move[0]], order[move[1]]))
    left: defaultdict[Any, float] = defaultdict(float)
    starts = []
    for start, _end, number in moves:
        starts.append(before[start].y + left[start])
        left[start] += number * scale
    right: defaultdict[Any, float] = defaultdict(float)
    drawn = []
    # What enters a block lies in it in the order of where it comes from.
    for (start, end, number), y in zip(moves, starts, strict=True):
        target = after[end]
        drawn.append(
            Band(
                path=_path(
                    before[start].x + BLOCK, y, target.x, target.y + right[end], number * scale
                ),
                title=f"{before[start].title} → {target.title}: {number}",
                kind="stays" if start == end else "exhausted" if end is None else "moves",
            )
        )
        right[end] += number * scale
    return drawn


def _path(x: float, y: float, end_x: float, end_y: float, height: float) -> str:
    middle = f"{(x + end_x) / 2:.1f}"
    low, end_low = f"{y + height:.1f}", f"{end_y + height:.1f}"
    there = f"M{x:.1f},{y:.1f}C{middle},{y:.1f} {middle},{end_y:.1f} {end_x:.1f},{end_y:.1f}"
    return f"{there}V{end_low}C{middle},{end_low} {middle},{low} {x:.1f},{low}Z"
