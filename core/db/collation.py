"""Ukrainian collation: sort keys that any byte-wise comparison puts in alphabetical order.

PostgreSQL's C.UTF-8 (the one locale that every installation has) puts «Є І Ї» before «А» and «Ґ»
after «я», so lists that people read are sorted by `key(text)`: stored in a column with
`db_collation="C"`, indexed, and in Python used as `sorted(…, key=key)`; both give the same order.

The key has two levels. First the words: punctuation only parts them, a number counts by its value
(«п. 2» before «п. 10»), numbers come before letters and Ukrainian letters before Latin ones;
apostrophes, accents and case do not count. Among texts that are equal so far, the second level puts
small letters before capitals, plain letters before accented, and «пять» before «п'ять».
"""

import unicodedata
from functools import lru_cache

#: The longest key in characters: what a column for keys must hold.
KEY_LENGTH = 400
_WORDS_LENGTH = 250
# A longer text is sorted by its beginning.
_TEXT_LENGTH = 200

# The Ukrainian alphabet, with the letters of neighbours beside those that they resemble.
_CYRILLIC = "абвгґдеёєжзиіїйклмнопрстуўфхцчшщъыьэюя"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
# Weights are printable ASCII: space < number < Cyrillic < Latin < other scripts.
_SPACE, _NUMBER, _OTHER = " ", "!", "~"
_WEIGHTS = {letter: chr(ord('"') + place) for place, letter in enumerate(_CYRILLIC + _LATIN)}
_LEVEL = "\x1f"  # below every weight, so that the shorter text comes first
_LONGEST_NUMBER = 60

_SMALL, _CAPITAL, _ACCENT, _APOSTROPHE = "abcd"
# Before normalisation, which would turn these into other characters or leave them apart.
_UNIFIED = str.maketrans(dict.fromkeys("’ʼ‘`´′ʹ＇", "'") | {"№": " "})


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """The sort key of a text, at most KEY_LENGTH characters; "" for a text without words.

    Texts have equal keys only when they differ in punctuation alone, or far beyond the beginning.
    """
    words: list[str] = []
    shades: list[str] = []
    digits = ""
    parted = False
    for char in unicodedata.normalize("NFKC", text[:_TEXT_LENGTH].translate(_UNIFIED)) + "\n":
        if char.isdecimal():
            digits += char
            continue
        if digits:
            words.append((_SPACE if parted and words else "") + _number(digits))
            shades.append(_SMALL)
            digits, parted = "", False
        if char.isalpha():
            weight, shade = _letter(char)
            words.append((_SPACE if parted and words else "") + weight)
            shades.append(shade)
            parted = False
        elif char == "'":
            if words and not parted:
                shades.append(_APOSTROPHE)
        elif unicodedata.combining(char):
            shades.append(_ACCENT)
        elif unicodedata.category(char) != "Cf":  # soft hyphens and the like part nothing
            parted = True
    first = "".join(words)[:_WORDS_LENGTH]
    # Without its trailing "a"s the second level is empty for most texts, and sorts the same.
    second = "".join(shades).rstrip(_SMALL)[: KEY_LENGTH - _WORDS_LENGTH - 1]
    return f"{first}{_LEVEL}{second}" if second else first


def _number(digits: str) -> str:
    """By value: a longer number is a greater one, so its length comes first."""
    value = "".join(str(unicodedata.decimal(digit)) for digit in digits).lstrip("0")
    return _NUMBER + chr(ord("0") + min(len(value), _LONGEST_NUMBER)) + value


@lru_cache(maxsize=1024)
def _letter(char: str) -> tuple[str, str]:
    """Weight and shade of a letter; é counts as e with an accent, unknown scripts come last."""
    lower = char.lower()
    shade = _SMALL if char == lower else _CAPITAL
    if lower in _WEIGHTS:
        return _WEIGHTS[lower], shade
    base = [c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c)]
    known = all(c in _WEIGHTS for c in base)
    weight = "".join(_WEIGHTS.get(c, _OTHER + c) for c in base)
    return weight, _ACCENT if known else shade
