"""A text as its builder declares it: which numbers it prints, where they hang, which words it has.

Nothing here asks the reader: builders write a file and declare it in one breath.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

_WORD = re.compile(r"\w+(?:'\w+)*")
_APOSTROPHES = str.maketrans(
    dict.fromkeys("’ʼ‘`´′", "'") | dict.fromkeys("\u00ad\u200b\ufeff", None)
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_ROMAN = str.maketrans("іхмсІХМС", "ixmcIXMC")
_KEY = 8  # words by which a part is found again


def words_of(text: str) -> list[str]:
    """Return the words of a text, alike for all spellings of apostrophes and raised numbers.

    A raised number is a word of its own, as in «13-2»; Roman numerals are Latin.
    """
    text = unicodedata.normalize("NFC", text.translate(_APOSTROPHES))
    text = re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda found: f"-{found[0].translate(_RAISED)}", text)
    return [roman_in_latin(word).casefold() for word in _WORD.findall(text)]


def roman_in_latin(word: str) -> str:
    """Return a Roman numeral typed with Cyrillic letters in Latin ones, other words unchanged."""
    latin = word.translate(_ROMAN)
    return latin if re.fullmatch(r"[IVXLC]+", latin) else word


def key_of(text: str) -> tuple[str, ...]:
    """Return the first words of a part, by which it is found again."""
    return tuple(words_of(text)[:_KEY])


def count_words(*texts: str) -> Counter[str]:
    """Return how often each word stands in texts."""
    return Counter(word for text in texts for word in words_of(text))


@dataclass(frozen=True, slots=True)
class Part:
    """A part that prints a number: under how many numbered ones, the number, its own words.

    ``is_of_annex``: it stands in an annex, None where readers may differ; ``key``: its first
    words, no other part has them.
    """

    depth: int
    printed: str
    key: tuple[str, ...]
    is_of_annex: bool | None = False


@dataclass
class Text:
    """A declared text: its parts with numbers in order, its words, the file that was made of it.

    ``words`` must all be read; ``aside`` (contents, menus, heads of pages) be read or be counted
    as set aside; ``optional`` may be missing. Words in none of the three must not appear.
    """

    title: str
    name: str  # of the file
    parts: list[Part] = field(default_factory=list)
    lines: int = 0  # paragraphs and rows of tables, numbered or not
    words: Counter[str] = field(default_factory=Counter)
    aside: Counter[str] = field(default_factory=Counter)
    optional: Counter[str] = field(default_factory=Counter)
    content: bytes = b""
    in_annex: bool | None = False  # of the parts declared from now on; None: either is right

    def number(self, depth: int, printed: str, text: str, *, is_typed: bool = True) -> str:
        """Declare a part with a number, typed or made by the program; return its words."""
        self.lines += 1
        self.words += count_words(text)
        if is_typed:
            self.words += count_words(printed)
        else:
            self.optional += count_words(printed)
        self.parts.append(Part(depth, printed, key_of(text), self.in_annex))
        return text

    def say(self, *texts: str) -> str:
        """Declare words without a number; return the first."""
        self.lines += 1
        self.words += count_words(*texts)
        return texts[0]

    def set_aside(self, text: str) -> str:
        """Declare words that are no words of the act: contents, menus, heads of pages."""
        self.lines += 1
        self.aside += count_words(text)
        return text

    def check(self) -> None:
        """Make sure that the declaration itself is one by which parts can be found."""
        keys = Counter(part.key for part in self.parts if part.key)
        assert keys.total() == len(keys), [key for key, times in keys.items() if times > 1]
        depth = 0
        for part in self.parts:
            assert part.depth <= depth, part
            depth = part.depth + 1


_LETTERS = {
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    # Word's Russian letters pass over ё, й, ъ, ь.
    "russianLower": "абвгдежзиклмнопрстуфхцчшщыэюя",
    "russianUpper": "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ",
    "ukrainian": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
}


_ROMAN_LETTERS = ("C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")


def print_number(value: int, form: str = "decimal") -> str:
    """Return a number as Word prints it in a `numFmt`; letters after the last are doubled."""
    if form == "decimal":
        return str(value)
    if form == "decimalZero":
        return f"{value:02d}"
    if form in ("upperRoman", "lowerRoman"):
        worths = zip((100, 90, 50, 40, 10, 9, 5, 4, 1), _ROMAN_LETTERS, strict=True)
        printed = ""
        for worth, letters in worths:
            times, value = divmod(value, worth)
            printed += letters * times
        return printed if form == "upperRoman" else printed.lower()
    letters = _LETTERS[form]
    turns, at = divmod(value - 1, len(letters))
    return letters[at] * (turns + 1)
