"""Personal data in a text that is to be published: found, suggested, and left out where a person
has decided so.

    found = find_personal_data(text)      spans with what they are and what to write instead
    redact(text, found[:2])               the text with those replaced

Codes count by their check digits, so that a number of an act is no code; names by the dictionary
and by what stands beside them. It suggests: it misses what no rule knows («мій сусід знизу») and
finds a namesake of a street, so a person reads the text and decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from stdnum import iban, luhn
from stdnum.ua import edrpou, rntrc

from core.domain.personal_names import find_names


class Kind(StrEnum):
    """Kind of personal data."""

    EMAIL = "email"
    IBAN = "iban"
    CARD = "card"
    PHONE = "phone"
    RNOKPP = "rnokpp"
    EDRPOU = "edrpou"
    DOCUMENT = "document"
    PLATE = "plate"
    BIRTH = "birth"
    ADDRESS = "address"
    NAME = "name"

    @property
    def label(self) -> str | Promise:
        """For the person who decides."""
        return _LABELS[self]


_LABELS = {
    Kind.EMAIL: _("e-mail"),
    Kind.IBAN: _("bank account"),
    Kind.CARD: _("bank card"),
    Kind.PHONE: _("telephone"),
    Kind.RNOKPP: _("taxpayer number (РНОКПП)"),
    Kind.EDRPOU: _("code of an organisation (ЄДРПОУ)"),
    Kind.DOCUMENT: _("identity document"),
    Kind.PLATE: _("number plate of a car"),
    Kind.BIRTH: _("date of birth"),
    Kind.ADDRESS: _("address"),
    Kind.NAME: _("name of a person"),
}

#: What is written instead, in Ukrainian as the texts are.
_INSTEAD = {
    Kind.EMAIL: "[електронна пошта]",
    Kind.IBAN: "[рахунок]",
    Kind.CARD: "[картка]",
    Kind.PHONE: "[телефон]",
    Kind.RNOKPP: "[РНОКПП]",
    Kind.EDRPOU: "[код ЄДРПОУ]",
    Kind.DOCUMENT: "[документ]",
    Kind.PLATE: "[номер автомобіля]",
    Kind.BIRTH: "[дата народження]",
    Kind.ADDRESS: "[адреса]",
}
INSTEAD_OF_NAME = "[прізвище та ім’я]"


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of a text, ``text[start:end]``, that may be personal data."""

    start: int
    end: int
    kind: Kind
    #: What to write instead of it.
    instead: str


def find_personal_data(text: str) -> list[Found]:
    """Find possible personal data, in the order of the text; no two overlap."""
    taken: list[Found] = []
    for found in _all(text):
        if all(found.end <= other.start or other.end <= found.start for other in taken):
            taken.append(found)
    return sorted(taken, key=lambda found: found.start)


def instead_of(kind: Kind) -> str:
    """Replacement of a piece of this kind."""
    return _INSTEAD.get(kind, INSTEAD_OF_NAME)


def redact(text: str, chosen: Iterable[Found]) -> str:
    """The text with the chosen pieces replaced. ValueError where two overlap or one is outside."""
    parts: list[str] = []
    at = 0
    for found in sorted(chosen, key=lambda found: found.start):
        if not at <= found.start <= found.end <= len(text):
            raise ValueError("pieces overlap, or are of another text")
        parts += [text[at : found.start], found.instead]
        at = found.end
    return "".join([*parts, text[at:]])


def _all(text: str) -> Iterator[Found]:
    """Everything, what is surest first: it claims its place."""
    for kind, pattern, is_valid in _PATTERNS:
        for start, end in _places(pattern, is_valid, text):
            yield Found(start, end, kind, _INSTEAD[kind])
    for start, end, instead in find_names(text):
        yield Found(start, end, Kind.NAME, instead)


def _places(pattern: re.Pattern[str], is_valid: _Check | None, text: str) -> Iterator[_Span]:
    """Places where the pattern matches and the match counts. One that does not count may hide
    another that begins inside it: «1200 4000 0000 …», a sum before a card.
    """
    at = 0
    while match := pattern.search(text, at):
        start, end = match.span("it") if "it" in pattern.groupindex else match.span()
        if is_valid is None or is_valid(text[start:end]):
            yield start, end
            at = match.end()
        else:
            at = match.start() + 1


def _digits(written: str) -> str:
    return "".join(filter(str.isdigit, written))


def _is_iban(written: str) -> bool:
    return iban.is_valid("UA" + _digits(written), check_country=False)


def _is_card(written: str) -> bool:
    digits = _digits(written)
    return digits[0] in "234569" and luhn.is_valid(digits)


def _is_phone(written: str) -> bool:
    """A code of a region or of an operator: 0 and two digits that are no zeros."""
    number = _digits(written)[-10:]
    return (number[1] in "34569" and number[3:] != "0000000") or number.startswith(("07", "0800"))


def _is_rnokpp(written: str) -> bool:
    return written.strip("0") != "" and rntrc.is_valid(written)


def _is_edrpou(written: str) -> bool:
    return written.strip("0") != "" and edrpou.is_valid(written)


_GAP = r"[ \u00a0\u2009\u202f\-–‑]"
_MONTHS = "січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня"
_DATE = rf"(?:[0-3]?\d[./][01]?\d[./](?:19|20)\d\d|[0-3]?\d (?:{_MONTHS}) (?:19|20)\d\d)"
_BORN = r"(?:народже[а-яіїє]*+|народи[а-яіїє]*+|д\. ?н\.|р\. ?н\.)"
_UPPER = "А-ЩЬЮЯЄІЇҐ"
_STREET = (
    r"(?i:вул(?:\.|иц[а-яіїє]++)|просп(?:\.|ект[а-яіїє]*+)|пр-т|пров(?:\.|ул[а-яіїє]++)"
    r"|бульв(?:\.|ар[а-яіїє]*+)|б-р|пл(?:\.|ощ[а-яіїє]++)|узвіз|узвоз[а-яіїє]++|шосе"
    r"|мкр\.?|мікрорайон[а-яіїє]*+|проїзд[а-яіїє]*+|тупик[а-яіїє]*+|наб(?:\.|ережн[а-яіїє]++))"
)
_CAPITAL = rf"(?:(?:[{_UPPER}]|\d{{1,4}}-[а-щьюяєіїґ])[\w'’ʼ.‑-]*+)"
#: «Січових стрільців»: a small letter only right before the house.
_NAMED = rf"{_CAPITAL}(?: {_CAPITAL}){{0,3}}?(?: [а-щьюяєіїґ'’ʼ]++(?=, ?\d|,? ?буд))?"
_HOUSE = (
    r"(?:(?i:буд(?:\.|инок|инку)?|д\.|№) ?)?"
    rf"\d{{1,4}}(?!\d)(?:[-/]\d{{1,4}})?(?: ?-?[{_UPPER}а-щьюяєіїґ](?!\w))?(?! (?:{_MONTHS}))"
)
_FLAT = r"(?i:кв(?:\.|артир[а-яіїє]++) ?(?:№ ?)?\d{1,4}(?!\d))"

type _Check = Callable[[str], bool]
type _Span = tuple[int, int]

#: Kind, pattern (its group «it», where there is one, is the piece), and whether a match counts.
_PATTERNS: list[tuple[Kind, re.Pattern[str], _Check | None]] = [
    (Kind.EMAIL, re.compile(r"(?<![\w.+%-])[\w.+%-]++@[\w-]++(?:\.[\w-]++)+"), None),
    (Kind.IBAN, re.compile(rf"(?<!\w)[UuУу][AaАа](?:{_GAP}?\d){{27}}(?!\d)"), _is_iban),
    (Kind.CARD, re.compile(rf"(?<![\d.,])\d{{4}}(?:{_GAP}?\d{{4}}){{3}}(?!\d)"), _is_card),
    (
        Kind.PHONE,
        re.compile(
            rf"(?<![\d.,/+])(?:\+?3{_GAP}?8{_GAP}?|8{_GAP}?)?\(?0(?:[()]?{_GAP}?[()]?\d){{9}}(?!\d)"
        ),
        _is_phone,
    ),
    (Kind.RNOKPP, re.compile(r"(?<![\d.,])\d{10}(?!\d)"), _is_rnokpp),
    (Kind.EDRPOU, re.compile(r"(?<![\d.,])\d{8}(?![\d-])"), _is_edrpou),
    # A number in the register of the population, a passport, an identity card.
    (Kind.DOCUMENT, re.compile(r"(?<!\d)(?:19|20)\d{6}-\d{5}(?!\d)"), None),
    (Kind.DOCUMENT, re.compile(rf"(?<!\w)[{_UPPER}]{{2}} ?(?:№ ?)?\d{{6}}(?!\d)"), None),
    (
        Kind.DOCUMENT,
        re.compile(
            r"(?:паспорт|посвідчен|ID-карт)[а-яіїє]*+(?: №| номер)? (?P<it>\d{9})(?!\d)", re.I
        ),
        None,
    ),
    (
        Kind.PLATE,
        re.compile(
            r"(?<!\w)[АВЕІКМНОРСТХABEIKMHOPCTX]{2} ?\d{4} ?[АВЕІКМНОРСТХABEIKMHOPCTX]{2}(?!\w)"
        ),
        None,
    ),
    (Kind.BIRTH, re.compile(rf"(?<!\d)(?P<it>{_DATE})(?: ?(?:р\.|рок[уи]))? ?{_BORN}", re.I), None),
    (Kind.BIRTH, re.compile(rf"{_BORN}[^.\d\n]{{0,20}}(?P<it>{_DATE})(?!\d)", re.I), None),
    (
        Kind.BIRTH,
        re.compile(r"(?<!\d)(?P<it>(?:19|20)\d\d) ?(?:р\. ?н\.|рок[уи] народження)", re.I),
        None,
    ),
    (
        Kind.ADDRESS,
        re.compile(rf"(?<!\w){_STREET} ?{_NAMED},? ?{_HOUSE}(?!\w)(?:,? ?{_FLAT})?"),
        None,
    ),
    (
        Kind.ADDRESS,
        re.compile(rf"(?<!\w){_CAPITAL} вулиця,? ?{_HOUSE}(?!\w)(?:,? ?{_FLAT})?"),
        None,
    ),
    (Kind.ADDRESS, re.compile(rf"(?<!\w){_FLAT}"), None),
]
