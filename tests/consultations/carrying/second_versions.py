"""Second versions of texts made by known edits, and where each word of the first went in them.

Edits: renumbering, moved, split, joined and deleted clauses, inserted ones, and rewording of 5 to
60 % of the words. What became of each word is kept, so that for any remark it is known on which
clauses it may stand afterwards.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

_WORD = re.compile(r"\S+\s*")


@dataclass
class Line:
    """A clause: what matching asks of it."""

    text: str
    label: str = ""
    kind: str = "clause"
    key: UUID = field(default_factory=uuid4)


@dataclass
class Made:
    """A clause of the second version. ``words``: of each of its words the clause of the first and
    the number of the word there, None for a new word."""

    words: list[tuple[str, tuple[UUID, int] | None]]
    label: str
    kind: str
    edit: str

    @property
    def text(self) -> str:
        return "".join(word for word, _source in self.words).strip()


@dataclass(frozen=True)
class SecondVersion:
    after: list[Made]
    #: The edit that each clause of the first version met, by key.
    edits: dict[UUID, str]

    def right_places(self, line: Line, start: int | None, end: int | None) -> set[int]:
        """On which clauses of ``after`` a remark may stand; none: it is an orphan.

        With a quote: any clause that holds half of its words; without: those with the most words.
        """
        wanted = _numbers(line.text, start, end)
        held: Counter[int] = Counter()
        for at, made in enumerate(self.after):
            for _word, source in made.words:
                if source and source[0] == line.key and source[1] in wanted:
                    held[at] += 1
        if not held:
            return set()
        if start is None:
            most = max(held.values())
            return {at for at, count in held.items() if count == most}
        return {at for at, count in held.items() if 2 * count >= len(wanted)} or {
            max(held, key=lambda at: held[at])
        }


def _numbers(text: str, start: int | None, end: int | None) -> set[int]:
    words = list(_WORD.finditer(text))
    if start is None or end is None:
        return set(range(len(words)))
    return {n for n, word in enumerate(words) if word.start() < end and word.end() > start}


#: Edit -> of a hundred clauses.
EDITS = {
    "kept": 27,
    "reworded 5-20 %": 15,
    "reworded 20-40 %": 10,
    "reworded 40-60 %": 8,
    "moved": 8,
    "moved and reworded": 4,
    "split": 10,
    "joined": 8,
    "deleted": 10,
}


def edit(lines: Sequence[Line], strange: Sequence[str], seed: int) -> SecondVersion:
    """Make a second version. ``strange``: words and clauses that come from another text."""
    chance = random.Random(seed)
    foreign = [word for text in strange for word in _WORD.findall(text)]
    after: list[Made] = []
    moved: list[Made] = []
    edits: dict[UUID, str] = {}
    joins = False
    for line in lines:
        words = [(w, (line.key, n)) for n, w in enumerate(_WORD.findall(line.text))]
        name = "kept"
        if len(words) >= 8 and line.kind not in ("article", "section", "chapter", "annex"):
            (name,) = chance.choices(list(EDITS), EDITS.values())
        edits[line.key] = name
        made = Made(list(words), line.label, line.kind, name)
        if name.startswith("reworded"):
            low, high = map(int, re.findall(r"\d+", name))
            made.words = _reworded(words, chance.uniform(low, high) / 100, foreign, chance)
        if joins and after:
            # The one after a "joined" one goes to its end.
            after[-1].words += [(f" {line.label} ", None), *made.words]
            joins = False
            edits[line.key] = f"{name}, joined"
            continue
        if name == "moved":
            moved.append(made)
        elif name == "moved and reworded":
            made.words = _reworded(words, chance.uniform(0.05, 0.2), foreign, chance)
            moved.append(made)
        elif name == "split":
            at = chance.randint(len(words) // 4, 3 * len(words) // 4) or 1
            after.append(Made(list(words[:at]), line.label, line.kind, name))
            after.append(Made(list(words[at:]), line.label, line.kind, name))
        elif name == "deleted":
            pass
        else:
            joins = name == "joined"
            after.append(made)
        if chance.random() < 0.04:
            text = chance.choice(strange)
            after.append(Made([(w, None) for w in _WORD.findall(text)], "", "clause", "inserted"))
        if moved and chance.random() < 0.2:
            after.insert(chance.randint(0, len(after)), moved.pop(0))
    after += moved
    _renumber(after)
    return SecondVersion(after, edits)


def _reworded(
    words: list[tuple[str, tuple[UUID, int]]],
    share: float,
    foreign: list[str],
    chance: random.Random,
) -> list[tuple[str, tuple[UUID, int] | None]]:
    """With so many of its words changed, left out or followed by a new one. What was changed still
    belongs to its clause."""
    made: list[tuple[str, tuple[UUID, int] | None]] = []
    changed = set(chance.sample(range(len(words)), max(1, round(share * len(words)))))
    for n, (word, source) in enumerate(words):
        if n not in changed:
            made.append((word, source))
            continue
        how = chance.random()
        if how < 0.7:
            made.append((chance.choice(foreign).strip() + " ", source))
        elif how < 0.85:
            made += [(word, source), (chance.choice(foreign).strip() + " ", None)]
    return made or [(words[0][0], words[0][1])]


def _renumber(after: list[Made]) -> None:
    """Number clauses of one list anew: after an insertion all that follow have another number."""
    counts: Counter[str] = Counter()
    for made in after:
        stem = re.sub(r"\d+(?!.*\d)", "#", made.label)
        counts[stem] += 1
        made.label = stem.replace("#", str(counts[stem]))
