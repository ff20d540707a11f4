"""Names of streets as they are compared: the kind («вулиця») apart from the name («Соборності»).

A kind is written out or abbreviated, before the name or after it; apostrophes, capitals, accents,
hyphens and the spellings before 2019 do not count. Pure: it asks no database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from core.db.search import clean

#: Each kind with the ways in which people write it, folded as `fold()` folds.
_SPELLINGS = {
    "вулиця": "вул ул вулица улица вулиці",
    "проспект": "просп пр прт пркт пр-т пр-кт проспекту проспекті",
    "провулок": "пров провул пер переулок провулку",
    "бульвар": "бул бульв бр б-р бвр бульварі",
    "площа": "пл площадь площі",
    "майдан": "майдані",
    "набережна": "наб набережная набережній",
    "шосе": "ш шоссе",
    "узвіз": "узв спуск",
    "проїзд": "пр-д пр-зд прзд проезд",
    "тупик": "туп",
    "алея": "ал аллея",
    "дорога": "дор",
    "лінія": "лін",
    "квартал": "кв-л квл кварт",
    "мікрорайон": "мкр мкрн мкр-н мікрорайоні микрорайон",
    "житловий масив": "жм ж-м житломасив",
    "в’їзд": "вїзд в-д",
    "селище": "сел",
    "сквер": "скв",
}
#: A place that is not a street stands before or after it in an address.
_ELSEWHERE = re.compile(
    r"(?:м|місто|смт|с|село|обл|область|рн|р-н|район|україна|україни)\b|.*\b(?:район|р-н|область|обл)$"
)
_HOUSE = re.compile(r"(?:(?:буд|будинок|б|д|дом|кв|квартира|оф|офіс|корп|корпус|під)\b|\d)")
_HOUSE_AFTER = re.compile(
    r"\s(?:(?:буд|будинок|дом)\b.*|\d+(?:\s?[-/]?\s?[а-яіїєґa-z])?(?:[/-]\d+\S*)?)$"
)
#: What parts no word (apostrophes and quotation marks), and the hyphens, of which one is kept.
_SIGNS = dict.fromkeys(map(ord, "'’ʼ‘`´′ʹ＇\"«»„“”")) | dict.fromkeys(map(ord, "‐‑‒–—"), "-")
_FOLDED = str.maketrans("ґёєыэў", "гееиеу", "ъ")
_LATIN = str.maketrans("abcehikmoptxy", "авсенікмортху")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_DOUBLED = re.compile(r"([^\W\d_])\1+")
_NO_WORD = re.compile(r"[^\w-]+|(?<!\w)-|-(?!\w)")


def fold(text: str) -> str:
    """The words in small letters without what may be written in several ways."""
    text = clean(text).lower().replace("йє", "є").translate(_SIGNS)
    if _CYRILLIC.search(text):
        text = text.translate(_LATIN)
    text = _DOUBLED.sub(r"\1", text.translate(_FOLDED))
    return " ".join(_NO_WORD.sub(" ", text).split())


_KINDS = {
    fold(spelling): fold(kind)
    for kind, spellings in _SPELLINGS.items()
    for spelling in (kind, *spellings.split())
}

#: The kind that a name is of which is itself a kind: «вулиця Набережна».
_PLAIN = fold("вулиця")


def readings(text: str) -> list[tuple[str, str]]:
    """Possible meanings of the words, the likeliest first: name and kind, folded; "" for no kind.

    «Набережна вулиця» may be a street or an embankment: both are looked for.
    """
    words = fold(text).split()
    found: list[tuple[str, str]] = []
    for length in (2, 1):
        if len(words) > length and (kind := _KINDS.get(" ".join(words[:length]))):
            found.append((_name(words[length:]), kind))
        if len(words) > length and (kind := _KINDS.get(" ".join(words[-length:]))):
            found.append((_name(words[:-length]), kind))
    found.sort(key=lambda reading: reading[1] != _PLAIN)
    return found or ([(_name(words), "")] if words else [])


def _name(words: Sequence[str]) -> str:
    return " ".join(words).replace("-", " ")


def key_of(name: str, kind: str) -> str:
    """A line of `Street.lookup`."""
    return f"{name}|{kind}\n"


def lookup_of(names: Iterable[str]) -> str:
    """Value of `Street.lookup`: a line for each of the street's names, each after a line end."""
    keys = dict.fromkeys(key_of(*readings(name)[0]) for name in names if readings(name))
    return "\n" + "".join(keys) if keys else ""


def sorted_by(name: str) -> str:
    """The name with its kind last: people look for «Соборності» under «С»."""
    words = name.split()
    for length in (2, 1):
        if len(words) > length and fold(" ".join(words[:length])) in _KINDS:
            return " ".join([*words[length:], *words[:length]])
    return name


@lru_cache(maxsize=256)
def without_house(text: str) -> str:
    """The street in an address: «м. Рудногірськ, вул. Рудна, буд. 12» is «вул. Рудна»."""
    parts = [part.strip() for part in clean(text).split(",") if part.strip()]
    places = [part for part in parts if not _ELSEWHERE.match(part.lower())] or parts
    named = [part for part in places if not _HOUSE.match(part.lower())] or places
    return named[0] if named else ""


def is_elsewhere(text: str) -> bool:
    """Whether an address names a place beside the street: «м. Київ, вул. Рудна, 12»."""
    return any(_ELSEWHERE.match(part.strip().lower()) for part in clean(text).split(","))


def house_of(text: str) -> str:
    """The part of an address after the street: of «вул. Рудна 12-А, кв. 3» «12-А, кв. 3»."""
    parts = [part.strip() for part in clean(text).split(",") if part.strip()]
    street = without_house(text)
    if street not in parts:
        return ""
    bare = without_number(street)
    number = street[len(bare) :] if street.lower().startswith(bare) else ""
    return ", ".join(filter(None, (number.strip(), *parts[parts.index(street) + 1 :])))


def without_number(text: str) -> str:
    """The words without a house's number at their end: «вул. Рудна 12-А» is «вул. Рудна»."""
    return _HOUSE_AFTER.sub("", text.lower()) or text
