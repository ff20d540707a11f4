"""Remarks on a text of known edits: carried, and judged against where their words went."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from consultations.carrying.finding import Finder
from consultations.carrying.models import Method
from drafts import importing
from drafts.clauses import anchors
from drafts.matching.versions import match
from tests.consultations.carrying.second_versions import Line, Made, SecondVersion, edit


@dataclass
class Judged:
    """What came out: by edit and method, what was right, and what is called exact and is not."""

    table: Counter[tuple[str, str]] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    false_exact: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def share_right(self) -> float:
        return self.right.total() / self.total.total()


def lines_of(path: Path) -> list[Line]:
    nodes = importing.read(path.read_bytes(), path.name).nodes
    return [Line(node.text, node.label, node.kind) for node in nodes]


def judge(
    lines: Sequence[Line], second: SecondVersion, remarks: int, seed: int, into: Judged
) -> None:
    """Carry so many remarks and add what came out to ``into``."""
    after = keyed(lines, second.after)
    place_of = {line.key: at for at, line in enumerate(after)}
    finder = Finder(lines, after)
    for line, start, end in remarks_on(lines, remarks, seed):
        selector = anchors.make(line.text, start, end) if start is not None and end else None
        found = finder.find(line.key, selector)
        right = second.right_places(line, start, end)
        there = None if found.key is None else place_of[found.key]
        name = second.edits[line.key]
        is_right = there in right if there is not None else not right
        into.table[name, found.method] += 1
        into.total[name] += 1
        into.right[name] += is_right
        if not is_right:
            into.wrong.append(
                f"{name} → {found.method}: {line.label} {line.text[:90]!r}"
                f" {selector.exact if selector else None!r}"
                f" ≠ {after[there].text[:90] if there is not None else None!r}"
            )
        if found.method == Method.EXACT:
            now = after[place_of[line.key]].text
            same = " ".join(now.split()) == " ".join(line.text.split())
            if selector and found.start is not None:
                same = now[found.start : found.end] == selector.exact
            into.false_exact += not same or found.key != line.key


def keyed(lines: Sequence[Line], made: Sequence[Made]) -> list[Line]:
    """The second version as it is imported: each clause with the key that matching gives it."""
    bare = [Line(each.text, each.label, each.kind) for each in made]
    for line, key in zip(bare, match(lines, bare), strict=True):
        line.key = key or line.key
    return bare


def remarks_on(
    lines: Sequence[Line], remarks: int, seed: int
) -> list[tuple[Line, int | None, int | None]]:
    """Clauses with the place of quoted words, of one word to whole sentences; one in three none."""
    chance = random.Random(seed)
    spoken_of = [line for line in lines if len(line.text.split()) >= 4]
    made: list[tuple[Line, int | None, int | None]] = []
    while len(made) < remarks:
        line = chance.choice(spoken_of)
        words = list(re.finditer(r"\S+", line.text))
        if chance.random() < 1 / 3:
            made.append((line, None, None))
            continue
        length = min(len(words), chance.choice([2, 3, 4, 6, 8, 12, 20, 30]))
        first = chance.randint(0, len(words) - length)
        made.append((line, words[first].start(), words[first + length - 1].end()))
    return made


def judge_texts(paths: Sequence[Path], remarks: int, seed: int = 7) -> Judged:
    """Second versions of texts, each with its share of the remarks."""
    judged = Judged()
    texts = {path: lines_of(path) for path in paths}
    for number, (path, lines) in enumerate(texts.items()):
        strange = [
            line.text
            for other, its in texts.items()
            if other != path
            for line in its
            if 8 <= len(line.text.split()) <= 60
        ]
        second = edit(lines, strange or ["Нові слова іншого рішення міської ради."], seed + number)
        judge(lines, second, -(-remarks // len(texts)), seed + number, judged)
    return judged
