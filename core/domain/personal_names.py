"""Find names of people in a text: by the dictionary, and by what stands beside them.

A patronymic is sure; a first name or surname of the dictionary where it stands in the middle of a
sentence, or can mean nothing else; any other surname beside a first name or initials. What a street
or a park is named after is no person of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntFlag
from functools import lru_cache

from core.db.search import load_morphology

_UPPER = "А-ЩЬЮЯЄІЇҐ"
_TOKEN = re.compile(
    rf"(?<![\w’'ʼ])[{_UPPER}](?:[{_UPPER}]*+|[а-щьюяєіїґ'’ʼ]++)"
    rf"(?:[-‑][{_UPPER}][а-щьюяєіїґ'’ʼ{_UPPER}]++)?(?![\w])"
)
_APOSTROPHES = re.compile("[’ʼ`´]")
#: What parts of one name stand between: a space, and the dot of an initial.
_BETWEEN = re.compile(r"\.?[ \u00a0]?|[ \u00a0]{1,2}")
#: Before a word that begins a sentence.
_BEGINS = re.compile(r"(?:^|[.!?…:;\n«\"(–—-])\s*$")
#: Before what is named after somebody.
_NAMED_AFTER = re.compile(
    r"(?:вул(?:\.|иц\w+)|просп(?:\.|ект\w*)|пр-т|пров(?:\.|ул\w+)|бульв(?:\.|ар\w*)|б-р"
    r"|пл(?:\.|ощ\w+)|парк\w*|сквер\w*|ім\.|імені|шосе|узвіз|узвоз\w+|наб(?:\.|ережн\w+)"
    r"|мікрорайон\w*|станці\w+|м\.|міст[оауі]|сел[оаіу]|с\.|район\w*|област\w+)\s*(?:[А-ЯІЇЄҐ]\.\s*)*$",
    re.I,
)


class Part(IntFlag):
    """Possible parts of a name that a word is."""

    NONE = 0
    GIVEN = 1
    PATRONYMIC = 2
    SURNAME = 4
    #: It may be another word as well.
    OTHER = 8
    INITIAL = 16
    #: It ends as surnames alone do.
    TYPICAL = 32
    #: It is an adjective too: «Кривий Ріг».
    ADJECTIVE = 64


#: What is no surname.
_FIRST = Part.GIVEN | Part.PATRONYMIC | Part.INITIAL
_TYPICAL = re.compile(r"(?:енк|чук|щук|ишин|юк)(?:|о|а|у|ові|ом|и|і)$")
#: Offices, institutions and a city that are first names or surnames too.
_OFFICES = frozenset(
    ("рада", "голова", "закон", "кодекс", "дума", "суд", "мир", "герой", "слава", "київ", "києв")
)


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    part: Part


def find_names(text: str) -> Iterator[tuple[int, int, str]]:
    """Find names: start, end, and the text to write instead."""
    for run in _runs(text):
        kept = _name_tokens(text, run)
        if kept:
            end = kept[-1].end
            is_initial = kept[-1].part == Part.INITIAL and text[end : end + 1] == "."
            yield kept[0].start, end + is_initial, _instead(kept)


def _runs(text: str) -> Iterator[list[_Token]]:
    """Neighbouring words with capital letters."""
    run: list[_Token] = []
    for match in _TOKEN.finditer(text):
        token = _Token(match.start(), match.end(), _part_of(match[0]))
        is_near = run and _BETWEEN.fullmatch(text, run[-1].end, token.start)
        has_stop = run and "." in text[run[-1].end : token.start]
        if run and (not is_near or (has_stop and run[-1].part != Part.INITIAL)):
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def _name_tokens(text: str, run: list[_Token]) -> list[_Token]:
    """The words of a run that are somebody's name."""
    run = [token for token in run if token.part != Part.NONE]
    if not run:
        return []
    before = text[max(0, run[0].start - 40) : run[0].start]
    if _NAMED_AFTER.search(before):
        return []
    is_first = bool(_BEGINS.search(before))
    # One more part of a name beside it makes a name of what may be another word.
    if (
        len(run) > 1
        and any(token.part & _FIRST for token in run)
        and not all(token.part == Part.INITIAL for token in run)
    ):
        return run
    return [token for token in run if _is_sure(token, is_first=is_first and token is run[0])][:1]


def _is_sure(token: _Token, *, is_first: bool) -> bool:
    """Whether a word alone is a name; ``is_first``: of a sentence, where all have capitals."""
    if not token.part & (Part.GIVEN | Part.PATRONYMIC | Part.SURNAME):
        return False
    if token.part & Part.ADJECTIVE and not token.part & (Part.GIVEN | Part.PATRONYMIC):
        return False
    return not (is_first and token.part & Part.OTHER) or bool(token.part & Part.TYPICAL)


def _instead(tokens: list[_Token]) -> str:
    if not any(token.part & _FIRST for token in tokens):
        return "[прізвище]"
    return "[ім’я]" if all(token.part & _FIRST for token in tokens) else "[прізвище та ім’я]"


def forget_words() -> None:
    """Drop what this process has kept of words, for measuring."""
    _part_of.cache_clear()


@lru_cache(maxsize=2**14)
def _part_of(word: str) -> Part:
    if len(word) == 1:
        return Part.INITIAL
    morphology = load_morphology()
    lower = _APOSTROPHES.sub("'", word.lower())
    pieces = re.split("[-‑]", lower)
    found = Part.TYPICAL if _TYPICAL.search(lower) else Part.NONE
    for piece in [lower, *(pieces if len(pieces) > 1 else [])]:
        is_known = morphology.word_is_known(piece)
        for parse in morphology.parse(piece):
            if parse.normal_form in _OFFICES:
                return Part.NONE
            found |= _part_by(parse.tag.grammemes, is_known or bool(found & Part.TYPICAL))
    return found if found & (Part.GIVEN | Part.PATRONYMIC | Part.SURNAME) else Part.NONE


def _part_by(grammemes: frozenset[str], is_known: bool) -> Part:
    """The part of a name by a reading of the word; of an unknown word a patronymic alone
    is taken.
    """
    if "Patr" in grammemes:
        return Part.PATRONYMIC
    if not is_known:
        return Part.OTHER
    if "Name" in grammemes:
        return Part.GIVEN
    if "Surn" in grammemes:
        return Part.SURNAME
    return Part.OTHER | Part.ADJECTIVE if "ADJF" in grammemes else Part.OTHER
