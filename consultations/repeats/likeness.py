"""Likeness of two remarks: by the pairs of neighbouring words that they share. Pure.

Words are compared by their lemmas. A text of which a fifth of the words was changed still shares
more than half of its pairs; two honest texts on one subject share a few in a hundred. What decides
a position is compared by itself, for one word turns it round: numbers, negations, opposite words,
the proposed wording. Paraphrases are not found, and not looked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b

from core.db.search import words_of

#: The share of pairs, of both texts together, from which two texts are nearly the same.
NEARLY_THE_SAME = 0.56
#: Shorter texts say something else by any other word: they are the same word by word, or not.
SHORT = 12
#: Keys of a remark, by which candidates are found (MinHash in bands of two): of two texts that
#: share 0.4 of all their pairs one in a thousand has no key in common, of two that share 0.03
#: ninety-six of a hundred.
KEYS = 40

_NEGATIONS = frozenset(["не", "ні", "ані", "без", "немає", "нема", "жодний", "жоден", "ніколи"])
#: Words that turn a position round, against those that they turn.
_OPPOSITES = tuple(
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in (
        (
            "підтримувати підтримати схвалювати схвалити погоджуватися дозволити дозволяти за",
            "заперечувати заперечити проти відхилити заборонити забороняти",
        ),
        (
            "збільшити збільшувати підвищити підвищувати подовжити розширити більше довше",
            "зменшити зменшувати знизити знижувати скоротити звузити менше коротше",
        ),
        (
            "залишити зберегти лишити додати доповнити",
            "вилучити скасувати видалити прибрати виключити",
        ),
        ("раніше до", "пізніше після"),
    )
)


@dataclass(frozen=True)
class Words:
    """The words of a remark, as they are compared."""

    text: tuple[str, ...]
    proposal: tuple[str, ...] = ()
    #: What it is about; the same words about another clause propose something else.
    about: object = None
    counts: Counter[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "counts", Counter(self.text))

    @classmethod
    def of(cls, text: str, proposal: str = "", about: object = None) -> Words:
        return cls(tuple(words_of(text)), tuple(words_of(proposal)), about)

    @cached_property
    def pairs(self) -> Counter[tuple[str, str]]:
        """Its neighbouring words, in their order."""
        return Counter(zip(self.text, self.text[1:], strict=False))

    @cached_property
    def keys(self) -> list[int]:
        """By what it is found again; each an element of PostgreSQL's integer[]."""
        words = self.pairs or ([self.text] if self.text else [self.proposal])
        hashes = [_hash(pair) for pair in words]
        least = [min((a * each + b) % _PRIME for each in hashes) for a, b in _PERMUTATIONS]
        bands = zip(least[::2], least[1::2], strict=True)
        return [
            _hash((str(place), *map(str, band))) % 2**32 - 2**31 for place, band in enumerate(bands)
        ]

    @cached_property
    def decisive(self) -> tuple[tuple[str, int], ...]:
        """Numbers and negations, how often each."""
        found = (
            (word, count)
            for word, count in self.counts.items()
            if word in _NEGATIONS or any(letter.isdigit() for letter in word)
        )
        return tuple(sorted(found))


def is_repeat(one: Words, other: Words) -> bool:
    """Whether two remarks say the same of the same in nearly the same words."""
    if (one.about, one.proposal) != (other.about, other.proposal):
        return False
    if min(len(one.text), len(other.text)) < SHORT:
        return one.text == other.text
    return (
        one.decisive == other.decisive
        and not _are_opposed(one, other)
        and likeness(one, other) >= NEARLY_THE_SAME
    )


def likeness(one: Words, other: Words) -> float:
    """The pairs that two texts share, of all theirs: 0 to 1 (Dice's coefficient)."""
    total = one.pairs.total() + other.pairs.total()
    return 2 * (one.pairs & other.pairs).total() / total if total else 0.0


def find_repeat(words: Words, candidates: Iterable[tuple[int, Words]]) -> int | None:
    """The candidate that it repeats: the most alike, of several the first; None: it is new."""
    alike = [
        (-likeness(words, candidate), number)
        for number, candidate in candidates
        if is_repeat(words, candidate)
    ]
    return min(alike)[1] if alike else None


def _are_opposed(one: Words, other: Words) -> bool:
    """Whether one says only a word and the other only its opposite («дозволити», «заборонити»)."""
    return any(
        _says_only(one, first, second) != ""
        and _says_only(other, first, second) != ""
        and _says_only(one, first, second) != _says_only(other, first, second)
        for first, second in _OPPOSITES
    )


def _says_only(words: Words, first: frozenset[str], second: frozenset[str]) -> str:
    has_first, has_second = (not each.isdisjoint(words.counts) for each in (first, second))
    if has_first == has_second:
        return ""
    return "first" if has_first else "second"


def _hash(words: tuple[str, ...]) -> int:
    return int.from_bytes(blake2b("\0".join(words).encode(), digest_size=8).digest())


_PRIME = 2**61 - 1
#: The same in every process and release: sketches are stored.
_PERMUTATIONS = tuple(
    (_hash(("a", str(place))) % _PRIME, _hash(("b", str(place))) % _PRIME)
    for place in range(2 * KEYS)
)
