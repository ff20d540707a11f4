"""Full names in the cases that a letter needs: the dative for its addressee, the genitive for who
wrote it, the vocative to greet.

    to_dative("Шевченко Тарас Григорович")         "Шевченку Тарасу Григоровичу"
    to_genitive("Шевченко Тарас Григорович")       "Шевченка Тараса Григоровича"
    decline("Шевченко Тарас")                      each part with its forms in all cases
    greet("Шевченко Тарас Григорович")             "Тарасе Григоровичу", of a man

What part of a name is which is told by the patronymic, or by the dictionary's first names; whether
it is a man's or a woman's by the same. A name of which that is not sure stays in the nominative:
initials, names in Latin letters, names of other peoples, a first name that men and women bear. An
official can always write another line (a wrong case is worse than none).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import shevchenko

from core.db.search import load_morphology


class Gender(StrEnum):
    """The grammatical gender of a name."""

    MASCULINE = "masculine"
    FEMININE = "feminine"


class Case(StrEnum):
    """A case in which a name is written."""

    NOMINATIVE = "nominative"
    GENITIVE = "genitive"
    DATIVE = "dative"
    ACCUSATIVE = "accusative"
    ABLATIVE = "ablative"
    LOCATIVE = "locative"
    VOCATIVE = "vocative"


#: Latin, digits, initials, brackets: nothing that is declined.
_PART = re.compile(r"[А-ЩЬЮЯЄІЇҐа-щьюяєіїґ]+(?:['’ʼ\-‑][А-ЩЬЮЯЄІЇҐа-щьюяєіїґ]+)*")
_APOSTROPHES = re.compile("[’ʼ`´]")
_PATRONYMIC = {
    Gender.MASCULINE: re.compile(r"(?:ович|йович|евич)$"),
    # «Лукинічна» stands in no dictionary, which has «Луківна»; people are named so all the same.
    Gender.FEMININE: re.compile(r"(?:івна|ївна|ична|[иі]нічна)$"),
}
#: Patronymics in -ич that no ending tells from a surname.
_IRREGULAR = frozenset(
    ["ілліч", "лукич", "кузьмич", "хомич", "фомич", "савич", "саввич", "яковлич"]
)
#: Surnames that the rules of the library get wrong: nominative -> stem of the other cases.
_STEMS = {"швець": "шевц", "жнець": "женц", "чернець": "ченц"}
_ENDINGS = {
    Case.GENITIVE: "я",
    Case.DATIVE: "ю",
    Case.ACCUSATIVE: "я",
    Case.ABLATIVE: "ем",
    Case.LOCATIVE: "ю",
}


@dataclass(frozen=True, slots=True)
class _Name:
    """A name whose parts are known, in the order in which they were written."""

    parts: tuple[tuple[str, str], ...]  # (given_name | patronymic_name | family_name, word)
    gender: Gender

    def word(self, kind: str) -> str:
        return dict(self.parts).get(kind, "")


def to_dative(full_name: str) -> str:
    """The name as the addressee of a letter; unchanged where it is not sure."""
    return _in_case(full_name, Case.DATIVE)


def to_genitive(full_name: str) -> str:
    """The name as the one from whom a letter is; unchanged where it is not sure."""
    return _in_case(full_name, Case.GENITIVE)


def greet(full_name: str) -> tuple[str, Gender] | None:
    """First name and patronymic in the vocative, with the gender that «шановний» agrees with; of a
    name without patronymic first name and surname. None where it is not sure."""
    name = _parse(full_name)
    if name is None:
        return None
    given = _decline_word("given_name", name.word("given_name"), name.gender, Case.VOCATIVE)
    if patronymic := name.word("patronymic_name"):
        second = _decline_word("patronymic_name", patronymic, name.gender, Case.VOCATIVE)
    else:
        # The orthography has both cases here (§ 87); the nominative is never wrong.
        second = name.word("family_name")
    return f"{given} {second}".strip(), name.gender


def decline(full_name: str) -> list[tuple[str, frozenset[str]]]:
    """Each part of the name (given_name, patronymic_name, family_name) with its forms in all cases,
    in the order in which they were written; none where it is not sure."""
    name = _parse(full_name)
    if name is None:
        return []
    return [
        (kind, frozenset(_decline_word(kind, word, name.gender, case) for case in Case))
        for kind, word in name.parts
    ]


def _in_case(full_name: str, case: Case) -> str:
    name = _parse(full_name)
    if name is None:
        return full_name
    return " ".join(_decline_word(kind, word, name.gender, case) for kind, word in name.parts)


@lru_cache(maxsize=1024)
def _parse(full_name: str) -> _Name | None:
    words = unicodedata.normalize("NFC", full_name).split()
    if not 2 <= len(words) <= 3 or not all(_PART.fullmatch(word) for word in words):
        return None
    if len(words) == 3:
        return _parse_whole(words)
    return _parse_short(words)


def _parse_whole(words: list[str]) -> _Name | None:
    """Surname, first name, patronymic, or first name, patronymic, surname."""
    for place, kinds in (
        (2, ("family_name", "given_name", "patronymic_name")),
        (1, ("given_name", "patronymic_name", "family_name")),
    ):
        gender = _gender_of_patronymic(words[place])
        if gender is None:
            continue
        given = _genders_of_given(words[kinds.index("given_name")])
        if given and gender not in given:
            return None
        return _Name(tuple(zip(kinds, words, strict=True)), gender)
    return None


def _parse_short(words: list[str]) -> _Name | None:
    """First name and surname in either order: sure where one word alone is a first name, and of
    one gender."""
    found = [_genders_of_given(word) for word in words]
    if bool(found[0]) == bool(found[1]):
        return None
    at = 0 if found[0] else 1
    if len(found[at]) != 1 or _gender_of_patronymic(words[1 - at]):
        return None
    (gender,) = found[at]
    kinds = ("given_name", "family_name") if at == 0 else ("family_name", "given_name")
    return _Name(tuple(zip(kinds, words, strict=True)), gender)


def _gender_of_patronymic(word: str) -> Gender | None:
    lower = word.lower()
    if lower in _IRREGULAR:
        return Gender.MASCULINE
    return next((gender for gender, ending in _PATRONYMIC.items() if ending.search(lower)), None)


def _genders_of_given(word: str) -> frozenset[Gender]:
    """The genders that the dictionary knows a first name in; none for a word that is no first
    name."""
    lower = _APOSTROPHES.sub("'", word.lower())
    found = set()
    for parse in load_morphology().parse(lower):
        tag = parse.tag
        if "Name" in tag and tag.case == "nomn" and tag.number != "plur":
            found.add(Gender.MASCULINE if tag.gender == "masc" else Gender.FEMININE)
    return frozenset(found)


def _decline_word(kind: str, word: str, gender: Gender, case: Case) -> str:
    is_mans_surname = kind == "family_name" and gender is Gender.MASCULINE
    stem = _STEMS.get(word.lower()) if is_mans_surname else None
    if stem and case in _ENDINGS:
        irregular = stem + _ENDINGS[case]
        return irregular.upper() if word.isupper() else irregular.capitalize()
    return str(shevchenko.in_case(str(case), gender=str(gender), **{kind: word})[kind])
