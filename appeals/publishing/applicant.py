"""The applicant's own name, contacts and address in a text that is to be published.

Rules for names in general miss «Квітка», which is a flower, too. What stands in the appeal itself
is known: the name in every case, the organisation in whose name it was, e-mail, telephone,
residence and place are found as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from appeals.models import Appeal
from core.domain.name_cases import decline
from core.domain.personal_data_finder import INSTEAD_OF_NAME, Found, Kind, instead_of

#: What may stand between the words of a name or an address, and between digits.
_BETWEEN = r"[\s.,;:№«»()–-]{1,4}"
_GAP = r"[\s().\-–‑]{0,3}"
#: A word of an address that stands before the house's number.
_HOUSE = re.compile(r"(?:буд|будинок|б|д)", re.I)
#: So many last digits of a telephone are its own; before them stands the code of the country.
_OWN_DIGITS = 9
#: A shorter word of an unknown name («Лі») would be found in everything.
_SHORTEST = 3
_INSTEAD_OF_ORGANISATION = "[назва організації]"


def find_applicant(text: str, appeal: Appeal) -> list[Found]:
    """Mentions of the applicant in a text, in its order; no two overlap."""
    taken: list[Found] = []
    for found in _all(text, appeal):
        if all(found.end <= other.start or other.end <= found.start for other in taken):
            taken.append(found)
    return sorted(taken, key=lambda found: found.start)


def contacts_in(text: str, appeal: Appeal) -> list[Found]:
    """Their e-mail and telephone in a text."""
    return [*_emails(text, appeal), *_phones(text, appeal)]


def _all(text: str, appeal: Appeal) -> Iterator[Found]:
    yield from contacts_in(text, appeal)
    place = f"{appeal.street.name} {appeal.house}" if appeal.street and appeal.house else ""
    for address in filter(None, (appeal.residence, place)):
        yield from _find_pattern(_address(address), text, Kind.ADDRESS, instead_of(Kind.ADDRESS))
    organisation = re.findall(r"[\w’'ʼ/-]+", appeal.named_organisation)
    if organisation:
        yield from _find_pattern(
            _join_words(organisation), text, Kind.NAME, _INSTEAD_OF_ORGANISATION
        )
    yield from _find_pattern(_name(appeal.name), text, Kind.NAME, INSTEAD_OF_NAME)


def _emails(text: str, appeal: Appeal) -> Iterator[Found]:
    own = appeal.author.email if appeal.author else ""
    for email in dict.fromkeys(filter(None, (appeal.email, own))):
        pattern = rf"(?<![\w.+%-]){re.escape(email)}(?![\w-])"
        yield from _find_pattern(pattern, text, Kind.EMAIL, instead_of(Kind.EMAIL))


def _phones(text: str, appeal: Appeal) -> Iterator[Found]:
    digits = "".join(filter(str.isdecimal, appeal.phone))
    own = digits[-_OWN_DIGITS:]
    if len(own) < 5:
        return
    country = rf"(?:\+?{_GAP}3?{_GAP}8?{_GAP}0{_GAP}\(?)?" if len(own) == _OWN_DIGITS else ""
    pattern = rf"(?<!\d){country}{_GAP.join(own)}(?!\d)"
    yield from _find_pattern(pattern, text, Kind.PHONE, instead_of(Kind.PHONE))


def _find_pattern(pattern: str, text: str, kind: Kind, instead: str) -> Iterator[Found]:
    if pattern:
        for match in re.finditer(pattern, text, re.IGNORECASE):
            yield Found(match.start(), match.end(), kind, instead)


def _name(full_name: str) -> str:
    """Any words of the name beside each other, in any case; a first name alone is nobody's own."""
    parts = decline(full_name)
    words = [_one_of(forms) for _kind, forms in parts]
    own = [_one_of(forms) for kind, forms in parts if kind != "given_name"]
    own += [_one_of({word}) for word in _unknown(full_name, parts)]
    if not own:
        return ""
    any_word = "|".join([*words, *own])
    beside = rf"(?:(?:{any_word}){_BETWEEN})*"
    return rf"(?<!\w){beside}(?:{'|'.join(own)})(?:{_BETWEEN}(?:{any_word}))*(?!\w)"


def _unknown(full_name: str, parts: list[tuple[str, frozenset[str]]]) -> list[str]:
    """The words of a name whose parts nobody can tell."""
    return [] if parts else [word for word in full_name.split() if len(word) >= _SHORTEST]


def _one_of(forms: set[str] | frozenset[str]) -> str:
    return "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))


def _address(address: str) -> str:
    """Street and house, with as much of what stands around them as there is; an address without a
    number as it was written."""
    words = re.findall(r"[\w’'ʼ/-]+", address)
    at = next((place for place, word in enumerate(words) if place and word[0].isdigit()), 0)
    if not at:
        return _join_words(words) if len(words) > 1 else ""
    before = [word for word in words[:at] if not _HOUSE.fullmatch(word)]
    if not before:
        return ""
    street = re.escape(before[-1])
    for_house = rf"(?:(?:буд\w*|б|д){_BETWEEN})?"
    core = rf"{street}{_BETWEEN}{for_house}{re.escape(words[at])}"
    front = "".join(rf"(?:{re.escape(word)}{_BETWEEN})?" for word in before[:-1])
    behind = _optional(words[at + 1 :])
    return rf"(?<!\w){front}{core}{behind}(?!\w)"


def _optional(words: list[str]) -> str:
    """The words one after the other, as many of them as follow."""
    pattern = ""
    for word in reversed(words):
        pattern = rf"(?:{_BETWEEN}{re.escape(word)}{pattern})?"
    return pattern


def _join_words(words: list[str]) -> str:
    return rf"(?<!\w){_BETWEEN.join(map(re.escape, words))}(?!\w)"
