"""Synonyms: words that search takes for the same. They widen what is asked, never the index.

Lines of ``search/synonyms.txt``, and of the council's own list at the desk:

    # a remark
    автобус = маршрутка, маршрутне таксі, bus      each finds what any of them finds
    депо > тролейбус                               «депо» finds «тролейбус» too, not the other way
    - автобус = bus                                takes out what the other list says

A word of a line is met in each of its forms; of a language that the dictionary does not know, by
its stem.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from core.db.search import Word, slips, typed_words
from search.models import SynonymList

_FILE = Path(__file__).with_name("synonyms.txt")
#: The longest words on one side of a line.
LONGEST_TERM = 80
_SIGNS = re.compile(r"[=,>]")

_RUSSIAN_ENDINGS = re.compile(
    r"(?:иями|ями|ами|ого|его|ому|ему|ыми|ими|иях|ний|ных|них|ой|ей|ий|ый|ая|яя|ое|ее|ые|ие|ых|их|ах"
    r"|ях|ов|ев|ам|ям|ом|ем|ию|ия|ии|а|я|о|е|и|ы|у|ю|ь|й)$"
)
_ENGLISH_ENDINGS = re.compile(r"(?:ings?|ed|es|e|s)$")
_DOUBLED_END = re.compile(r"([bdgklmnprt])\1$")
_SHORTEST_STEM = 4
#: Russian words are written by ear in Ukrainian letters, too: «дєньги», «скамєйка».
_BY_EAR = str.maketrans("єёэіїыґ", "еееиииг", "ьъ'")


class BadSynonyms(ValueError):
    """A line that says nothing: ``number``, from 1, and ``line``."""

    def __init__(self, number: int, line: str) -> None:
        super().__init__(f"{number}: {line}")
        self.number, self.line = number, line


@dataclass(frozen=True, slots=True)
class Term:
    """Words of a line. ``forms``: of each of them, what it is met by."""

    text: str
    words: tuple[Word, ...]
    forms: tuple[frozenset[str], ...]

    @property
    def tsquery(self) -> str:
        return "(" + " & ".join(word.tsquery for word in self.words) + ")"

    @property
    def lemmas(self) -> frozenset[str]:
        return frozenset(lemma for word in self.words for lemma in word.readings)

    def begins(self, words: Sequence[frozenset[str]]) -> bool:
        """Whether these words, by their forms, begin with the term."""
        pairs = zip(self.forms, words, strict=False)
        return len(words) >= len(self.forms) and all(own & other for own, other in pairs)


@dataclass(slots=True)
class Thesaurus:
    """All synonyms of a search, by the forms of the first word of each term."""

    by_form: dict[str, list[tuple[Term, Term]]] = field(default_factory=lambda: defaultdict(list))
    #: The spellings of single words, to see that one is meant by a slip.
    spellings: dict[str, Term] = field(default_factory=dict)

    def add(self, term: Term, also: Term) -> None:
        for form in term.forms[0]:
            self.by_form[form].append((term, also))
        if len(term.words) == 1:
            self.spellings[term.words[0].text] = term

    def matches(self, words: Sequence[frozenset[str]]) -> Iterator[tuple[int, Term]]:
        """Synonyms of the beginning of these words, and the number of words that they replace."""
        seen: set[tuple[int, str]] = set()
        for form in sorted(words[0], key=_stems_last) if words else ():
            if seen and form.isascii() and form.endswith("-"):
                continue  # "parking" is no park, as it is a word of its own
            for term, also in self.by_form.get(form, ()):
                key = len(term.forms), also.text
                if key not in seen and term.begins(words):
                    seen.add(key)
                    yield key[0], also

    def meant_by_slip(self, word: Word) -> Iterator[Term]:
        """The spellings one slip away from a word, and what they stand for."""
        for spelling in sorted(slips(word.text) & self.spellings.keys()):
            term = self.spellings[spelling]
            yield term
            for _count, also in self.matches([term.forms[0]]):
                yield also


def forms_of(word: Word) -> frozenset[str]:
    """Forms of a word for matching: its lemmas, and the stems of one that the dictionary does not
    know.
    """
    forms = set(word.readings)
    text = word.text
    if text.isascii():
        forms |= {text.removesuffix(ending) for ending in ("s", "es", "'s") if len(text) > 3}
        if text.endswith("ies"):
            forms.add(f"{text[:-3]}y")
        stem = _DOUBLED_END.sub(r"\1", _ENGLISH_ENDINGS.sub("", text))
        if len(stem) >= _SHORTEST_STEM and text.isalpha():
            forms.add(f"{stem}-")
    elif not word.is_known:
        stem = _RUSSIAN_ENDINGS.sub("", text)
        if len(stem) >= _SHORTEST_STEM:
            forms.add(f"{stem.translate(_BY_EAR)}-")
    return frozenset(forms)


def _stems_last(form: str) -> tuple[bool, str]:
    return form.endswith("-"), form


def thesaurus(own: str | None = None) -> Thesaurus:
    """The synonyms of the file and of the council's own list; ``own``: that list, where it was read
    already. One query."""
    if own is None:
        own = SynonymList.objects.values_list("lines", flat=True).first() or ""
    return _thesaurus(own)


@lru_cache(maxsize=1)
def starter() -> tuple[str, ...]:
    """The lines of the file, for people to read."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@lru_cache(maxsize=4)
def _thesaurus(own: str) -> Thesaurus:
    pairs: dict[tuple[str, str], None] = {}
    for is_taken_out, found in [*parse(_FILE.read_text(encoding="utf-8")), *parse(own)]:
        for pair in found:
            if is_taken_out:
                pairs.pop(pair, None)
            else:
                pairs[pair] = None
    made = Thesaurus()
    for word, also in pairs:
        made.add(_term(word), _term(also))
    return made


def parse(lines: str) -> Iterator[tuple[bool, list[tuple[str, str]]]]:
    """Each line as pairs of a term and what is found with it, and whether it takes them out.

    Raises BadSynonyms for a line without two terms, or with one of stop words alone.
    """
    for number, line in enumerate(lines.splitlines(), 1):
        said = line.partition("#")[0].strip()
        if not said:
            continue
        is_taken_out = said.startswith("-")
        said = said.removeprefix("-").strip()
        found = list(_pairs(said))
        terms = {word for pair in found for word in pair}
        if not found or any(len(each) > LONGEST_TERM or not _term(each).words for each in terms):
            raise BadSynonyms(number, line.strip())
        yield is_taken_out, found


def _pairs(said: str) -> Iterator[tuple[str, str]]:
    if ">" in said:
        left, right = (_terms(side) for side in said.split(">", 1))
        yield from ((word, also) for word in left for also in right)
        return
    terms = _terms(said)
    yield from ((word, also) for word in terms for also in terms if word != also)


def _terms(side: str) -> list[str]:
    parts: Iterable[str] = (part.strip().casefold() for part in _SIGNS.split(side))
    return list(dict.fromkeys(part for part in parts if part))


@lru_cache(maxsize=2**14)
def _term(text: str) -> Term:
    words = tuple(typed_words(text))
    return Term(text, words, tuple(forms_of(word) for word in words))
