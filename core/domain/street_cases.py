"""Names of streets in Ukrainian sentences: «за вулицею Шахтарською», «про проспект Миру».

The kind of street is declined, and what follows it where that is an adjective; a name in the
genitive («Героїв Праці») stays as it is.
"""

from __future__ import annotations

import re

type _Endings = tuple[tuple[str, tuple[str, str]], ...]

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
#: Endings of adjectives in the nominative, then as ``_KINDS``; with «вулиця» and with «провулок».
_FEMININE = (("ня", ("ню", "ньою")), ("а", ("у", "ою")))
_MASCULINE = (("ий", ("ий", "им")), ("ій", ("ій", "ім")))
#: What ends as the genitive of a man's name does («Гагаріна», «Пирогова») and is an adjective.
_ADJECTIVES = frozenset(
    [
        "абрикосова",
        "багряна",
        "барвінкова",
        "берегова",
        "березова",
        "бузкова",
        "велика",
        "вербова",
        "весела",
        "весняна",
        "висока",
        "вишнева",
        "гірнича",
        "глибока",
        "горіхова",
        "дубова",
        "журавлина",
        "зелена",
        "зоряна",
        "калинова",
        "кам’яна",
        "квіткова",
        "кільцева",
        "кінцева",
        "кленова",
        "козача",
        "копрова",
        "лебедина",
        "липова",
        "лісова",
        "лугова",
        "мала",
        "малинова",
        "медова",
        "нова",
        "орлина",
        "паркова",
        "підгірна",
        "піскова",
        "польова",
        "портова",
        "промислова",
        "ранкова",
        "ринкова",
        "річкова",
        "садова",
        "світанкова",
        "солов’їна",
        "солона",
        "соснова",
        "ставкова",
        "степова",
        "студена",
        "тиха",
        "тополева",
        "торгова",
        "травнева",
        "трудова",
        "червона",
        "черешнева",
        "широка",
        "яблунева",
        "ялинова",
        "ясенева",
    ]
)
#: «1-й», «2-га»: the ending of a number, then as ``_KINDS``.
_NUMBERS = {
    "й": ("й", "м"),
    "а": ("у", "ю"),
    "я": ("ю", "ю"),
    "га": ("гу", "ю"),
    "ша": ("шу", "ю"),
}
_NUMBER = re.compile(rf"(\d+-)({'|'.join(_NUMBERS)})")
_SURELY = ("ська", "цька", "зька", "ня")
_OF_NAMES = ("ана", "ена", "ина", "іна", "їна", "она", "яна")


def to_accusative(name: str) -> str:
    """The street as the object of a sentence; unchanged where its kind is not known."""
    return _in_case(name, 0)


def to_instrumental(name: str) -> str:
    """The street behind «за»; unchanged where its kind is not known."""
    return _in_case(name, 1)


def _in_case(name: str, case: int) -> str:
    """``name`` with its kind declined, and with its other words where each is an adjective."""
    words = name.split()
    at = next((place for place in (0, -1) if words and words[place].lower() in _KINDS), None)
    if at is None:
        return name
    kind = words.pop(at).lower()
    endings = _FEMININE if kind.endswith(("а", "я")) else _MASCULINE
    if all(_is_adjective(word, endings) for word in words):
        words = [_decline(word, endings, case) for word in words]
    elif at:
        return name
    words.insert(0 if at == 0 else len(words), _KINDS[kind][case])
    return " ".join(words)


def _is_adjective(word: str, endings: _Endings) -> bool:
    """Whether the word is surely an adjective in the nominative, not somebody's name."""
    lower = word.lower()
    if number := _NUMBER.fullmatch(lower):
        return (number[2] == "й") == (endings is _MASCULINE)
    if not lower.replace("-", "").replace("’", "").isalpha():
        return False
    if endings is _MASCULINE:
        return lower.endswith(("ий", "ій"))
    is_like_a_name = lower.endswith(_OF_NAMES) or not lower.endswith("на")
    return lower.endswith(_SURELY) or lower in _ADJECTIVES or not is_like_a_name


def _decline(word: str, endings: _Endings, case: int) -> str:
    if number := _NUMBER.fullmatch(word.lower()):
        return number[1] + _NUMBERS[number[2]][case]
    ending, forms = next(each for each in endings if word.lower().endswith(each[0]))
    return word[: -len(ending)] + forms[case]
