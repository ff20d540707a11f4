"""Names of streets in Ukrainian sentences: «за вулицею Шахтарською», «про проспект Миру».

The kind of street is declined, and what follows it where that is an adjective; a name in the
genitive («Героїв Праці») stays as it is.
"""

from __future__ import annotations

#: Each kind in the accusative and the instrumental.
_KINDS = {
    "вулиця": ("вулицю", "вулицею"),
    "площа": ("площу", "площею"),
    "набережна": ("набережну", "набережною"),
    "алея": ("алею", "алеєю"),
    "дорога": ("дорогу", "дорогою"),
    "проспект": ("проспект", "проспектом"),
    "провулок": ("провулок", "провулком"),
    "бульвар": ("бульвар", "бульваром"),
    "майдан": ("майдан", "майданом"),
    "узвіз": ("узвіз", "узвозом"),
    "проїзд": ("проїзд", "проїздом"),
    "тупик": ("тупик", "тупиком"),
    "шосе": ("шосе", "шосе"),
    "в’їзд": ("в’їзд", "в’їздом"),
}
#: Endings of adjectives in the nominative, then as ``_KINDS``.
_ENDINGS = (
    ("ня", ("ню", "ньою")),
    ("а", ("у", "ою")),
    ("ий", ("ий", "им")),
    ("ій", ("ій", "ім")),
)


def to_accusative(name: str) -> str:
    """The street as the object of a sentence; unchanged where its kind is not known."""
    return _in_case(name, 0)


def to_instrumental(name: str) -> str:
    """The street behind «за»; unchanged where its kind is not known."""
    return _in_case(name, 1)


def _in_case(name: str, case: int) -> str:
    kind, *words = name.split()
    if kind.lower() not in _KINDS:
        return name
    if words and all(_ending(word) for word in words):
        words = [_decline(word, case) for word in words]
    return " ".join((_KINDS[kind.lower()][case], *words))


def _ending(word: str) -> tuple[str, tuple[str, str]] | None:
    """The ending of an adjective in the nominative; None of another word."""
    if not word.replace("-", "").replace("’", "").isalpha():
        return None
    return next((each for each in _ENDINGS if word.endswith(each[0])), None)


def _decline(word: str, case: int) -> str:
    found = _ending(word)
    return word.removesuffix(found[0]) + found[1][case] if found else word
