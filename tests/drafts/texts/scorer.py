"""Score what was read of a text against what its builder declared.

A fault is *told* when a doubt stands at its place, next to it or at the part it hangs under, or
says that nothing in the text has a number; else it is silent.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from drafts.clauses.tree import clauses_of
from drafts.importing import ImportRefused, read
from drafts.models import Clause, Version
from drafts.versions.doubts import Kind, find_doubts

from .declared import Part, Text, count_words, key_of, roman_in_latin, words_of


@dataclass
class Score:
    """The figures of one text. `faults` says each in words, with "silent" before the silent."""

    text: Text
    found: int = 0
    wrong: int = 0
    lost: Counter[str] = field(default_factory=Counter)
    added: Counter[str] = field(default_factory=Counter)
    doubts: int = 0
    silent: int = 0
    faults: list[str] = field(default_factory=list)
    refused: str = ""

    @property
    def figures(self) -> tuple[int, int, int, int, int]:
        """Return numbers found, labels wrong, words lost, words added, silent faults."""
        return self.found, self.wrong, self.lost.total(), self.added.total(), self.silent


def score(text: Text) -> Score:
    """Read the file of a text and compare it with the declaration."""
    text.check()
    result = Score(text)
    try:
        imported = read(text.content, text.name)
    except ImportRefused as refused:
        result.refused = str(refused)
        result.lost = text.words.copy()
        result.wrong = 0
        return result
    clauses = _clauses(imported)
    doubts = [*find_doubts(clauses), *getattr(imported, "doubts", ())]
    result.doubts = len(doubts)
    found = _Found(clauses, doubts)
    _compare_words(result, found, imported)
    for place, fault in _find_faults(text, found, result):
        is_told = found.is_told(place)
        result.silent += not is_told
        result.faults.append(fault if is_told else f"silent: {fault}")
    return result


def _clauses(imported: Any) -> list[Clause]:
    clauses = clauses_of(Version(), imported.nodes, [None] * len(imported.nodes))
    for at, clause in enumerate(clauses):
        clause.pk = at + 1
    for clause in clauses:  # a key is copied from the parent as it is when it is assigned
        parent = clause.parent
        clause.parent = parent
    return clauses


def _has_number(clause: Clause) -> bool:
    """Return whether a clause prints a number: a bullet is none, nor is «ЗАТВЕРДЖЕНО»."""
    return bool(clause.number) and bool(words_of(clause.marker))


class _Found:
    """The clauses that were read: by their first words, with their numbered parents and doubts."""

    def __init__(self, clauses: Sequence[Clause], doubts: Sequence[Any]) -> None:
        self.clauses = clauses
        aside = {part.pk for doubt in doubts for part in getattr(doubt, "parts", ())}
        self.aside = aside
        self.by_key: dict[tuple[str, ...], list[int]] = {}
        for at, clause in enumerate(clauses):
            if clause.pk not in aside:
                for key in {key_of(clause.text), key_of(f"{clause.marker} {clause.text}")}:
                    self.by_key.setdefault(key, []).append(at)
        # Other doubts without a place («from a PDF, check it») lead nobody to a fault.
        self.is_whole_doubted = any(doubt.kind == Kind.NOTHING_NUMBERED for doubt in doubts)
        self.doubted = {clause.position for clause in _places(doubts)}
        self.numbered = [at for at, clause in enumerate(clauses) if _has_number(clause)]

    def locate(self, part: Part) -> int | None:
        """Return the place of the clause that begins with the words of a part, the last such.

        A clause may be shorter than the part: its further lines became clauses of their own.
        """
        if not part.key:
            return None
        whole = (*words_of(part.printed), *part.key)
        shorter = [key[:size] for size in range(7, 2, -1) for key in (part.key, whole)]
        for key in (part.key, whole[:8], *shorter):
            if key in self.by_key:
                return self.by_key[key][-1]
        return None

    def locate_number(self, printed: str, after: int, taken: set[int | None]) -> int | None:
        """Return the place of the next clause that is nothing but a number, read as one or not."""
        wanted = words_of(printed)
        for at, clause in enumerate(self.clauses):
            is_free = at > after and at not in taken and clause.pk not in self.aside
            if is_free and _plain(clause.marker) == _plain(printed):
                return at
            if is_free and not clause.marker and words_of(clause.text.split("\n")[0]) == wanted:
                return at
        return None

    def contains(self, part: Part) -> int | None:
        """Return the place of a clause into which a part has sunk."""
        wanted = " ".join(part.key)
        for at, clause in enumerate(self.clauses):
            if wanted and wanted in " ".join(words_of(clause.text)):
                return at
        return None

    def parent(self, at: int) -> int | None:
        """Return the place of the nearest clause above that prints a number."""
        clause = self.clauses[at].parent
        while clause is not None and not _has_number(clause):
            clause = clause.parent
        return None if clause is None else clause.position

    def is_of_annex(self, at: int) -> bool:
        """Return whether a clause is an annex or stands in one."""
        clause: Clause | None = self.clauses[at]
        while clause is not None:
            if clause.kind == Clause.Kind.ANNEX:
                return True
            clause = clause.parent
        return False

    def is_told(self, at: int | None) -> bool:
        """Return whether a doubt leads an officer to a place."""
        if self.is_whole_doubted:
            return True
        if at is None:
            return False
        near = {at - 1, at, at + 1, self.parent(at)}
        before = [place for place in self.numbered if place < at]
        after = [place for place in self.numbered if place > at]
        return bool({*near, *before[-1:], *after[:1]} & self.doubted)


def _places(doubts: Sequence[Any]) -> Iterator[Clause]:
    for doubt in doubts:
        if doubt.clause is not None:
            yield doubt.clause
        yield from getattr(doubt, "parts", ())


def _find_faults(text: Text, found: _Found, result: Score) -> Iterator[tuple[int | None, str]]:
    """Yield each fault with its place, and count the numbers found and the labels wrong."""
    places = _locate_all(text, found)
    parents: list[int | None] = []  # of the part before, by depth
    last: int | None = None
    is_only = _are_only(text.parts)
    for index, (part, at) in enumerate(zip(text.parts, places, strict=True)):
        parent = parents[part.depth - 1] if part.depth else None
        parents[part.depth :] = [at]
        name = f"{part.printed} {' '.join(part.key[:4])}"
        if at is None:
            sunk = found.contains(part)
            yield (last if sunk is None else sunk), f"{name}: no part of its own"
            continue
        last = at
        clause = found.clauses[at]
        if not _has_number(clause):
            yield at, f"{name}: no number"
        elif _plain(clause.marker) != _plain(part.printed):
            result.wrong += 1
            yield at, f"{name}: numbered {clause.marker}"
        else:
            result.found += 1
            if found.parent(at) != parent:
                result.wrong += 1
                above = found.parent(at)
                under = "nothing" if above is None else found.clauses[above].label
                yield at, f"{name}: hangs under {under}"
            elif is_only[index] and not found.aside and "нумерація" in clause.label:
                result.wrong += 1
                yield at, f"{name}: cited as {clause.label}"
            elif part.is_of_annex not in (None, found.is_of_annex(at)):
                result.wrong += 1
                yield at, f"{name}: {'outside' if part.is_of_annex else 'in'} an annex"
    for at in set(found.numbered) - set(places):
        clause = found.clauses[at]
        if clause.pk not in found.aside and clause.role != Clause.Role.QUOTED:
            result.wrong += 1
            yield at, f"{clause.marker} {clause.text[:30]}: prints no number"


def _are_only(parts: Sequence[Part]) -> list[bool]:
    """Return for each part whether no other prints the same numbers from the root."""
    chain: list[str] = []
    chains = []
    for part in parts:
        chain[part.depth :] = [part.printed]
        chains.append((part.is_of_annex, *chain))
    times = Counter(chains)
    return [times[one] == 1 for one in chains]


def _locate_all(text: Text, found: _Found) -> list[int | None]:
    """Return the place of each part; those without words of their own are found by the number."""
    places = [found.locate(part) for part in text.parts]
    taken, last = set(places), -1
    for index, part in enumerate(text.parts):
        at = places[index]
        if at is None and not part.key:
            at = places[index] = found.locate_number(part.printed, last, taken)
            taken.add(at)
        last = last if at is None else at
    return places


def _plain(printed: str) -> str:
    """Return a printed number without the end of a heading and the spelling of Roman numerals."""
    printed = " ".join(printed.split())
    printed = " ".join(roman_in_latin(word) for word in re.split(r"(?<=\w)(?=\W)|\s", printed))
    printed = printed.replace(" ", "")
    if re.match(r"[^\W\d_]{4,}|§", printed):  # «Стаття 5.» is «Стаття 5»
        printed = re.sub(r"[^\w)]+$", "", printed).casefold()
    return re.sub(r"-?([⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda raised: _raised(raised[1]), printed)


def _raised(digits: str) -> str:
    return "-" + digits.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))


def _compare_words(result: Score, found: _Found, imported: Any) -> None:
    text = result.text
    kept = count_words(*(clause.text for clause in found.clauses))
    printed = count_words(*(clause.marker for clause in found.clauses))
    result.lost = text.words + text.aside - kept - printed - _set_aside(imported)
    result.added = kept - text.words - text.aside - text.optional


def _set_aside(imported: Any) -> Counter[str]:
    """Return the words of what the reader has set aside, and of the hyphens it has joined."""
    lines = [line for part in imported.set_aside for line in part.lines]
    return count_words(*lines)
