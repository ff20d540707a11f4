"""The printed numbers of acts: «Стаття 5.», «1.», «2.1.», «2-1)», «а)», «Додаток 1»…

Acts of other languages use words of their own: «Article 5», «Rozdział II», «Раздел 1», «Пункт 1.».

Every expression is anchored at the start of a line and walks it once: there is no input on which
it takes more than linear time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum


class Form(StrEnum):
    """The forms of printed numbers, from the widest to the narrowest."""

    ANNEX = "annex"  # Додаток 1
    APPROVED = "approved"  # ЗАТВЕРДЖЕНО
    SECTION = "section"  # Розділ I, «I. …», «1. ЗАГАЛЬНІ ПОЛОЖЕННЯ»
    CHAPTER = "chapter"  # Глава 2
    ARTICLE = "article"  # Стаття 5.
    CLAUSE = "clause"  # a word and a number, as «Питання 3.»
    CAPITAL = "capital"  # A.
    DOTTED = "dotted"  # 1.  2.1.
    PAREN = "paren"  # 1)  2-1)
    LETTER = "letter"  # а)  b)
    ROMAN = "roman"  # i.  (iv)
    BULLET = "bullet"  # –


#: The forms of the numbers of lists.
LISTS = (Form.CLAUSE, Form.CAPITAL, Form.DOTTED, Form.PAREN, Form.LETTER, Form.ROMAN)


@dataclass(frozen=True, slots=True)
class Marker:
    """A number printed at the start of a line.

    «2.1-3» has the value (2, 1) and the sub-number 3 (an insertion after 2.1). `length` is how
    much of the line the marker takes, the spaces after it included.
    """

    form: Form
    number: str
    value: tuple[int, ...]
    printed: str
    length: int
    sub: int = 0
    quoted: bool = False
    padded: bool = False  # «01.», «02.»… «10.», as its list says

    @property
    def is_first(self) -> bool:
        """Whether a list starts with it."""
        return self.value == (1,) and not self.sub

    @property
    def is_bracketed_capital(self) -> bool:
        """Whether it is «(A)», which ordinances put under «(1)» and «(a)»."""
        bare = self.printed.strip("()")
        return self.form is Form.LETTER and self.printed[:1] == "(" and bare.isupper()

    def is_like(self, other: Marker) -> bool:
        """Whether one list may have both: «(A)» and «(a)», «01.» and «1.» are numbers of two."""
        alike = self.is_bracketed_capital == other.is_bracketed_capital
        return self.form is other.form and alike and self.padded == other.padded

    def follows(self, other: Marker) -> bool:
        """Whether it is the next number after `other`: 3 after 2, 2-1 after 2, 3 after 2-1."""
        if self.value == other.value:
            return self.sub == other.sub + 1
        return (
            not self.sub
            and self.value[:-1] == other.value[:-1]
            and self.value[-1] == other.value[-1] + 1
        )

    def is_after(self, other: Marker) -> bool:
        """Whether it is any later number than `other` in a list of their form."""
        return (self.value, self.sub) > (other.value, other.sub)


ALPHABET = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
LATIN = "abcdefghijklmnopqrstuvwxyz"
_LOOKALIKES = str.maketrans("aceiopxyABCEHIKMOPTX", "асеіорхуАВСЕНІКМОРТХ")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"

_QUOTE = r"(?P<quote>[\"«„“”]\s?)?"
_SUB = rf"(?:\s?[-–]\s?(?P<sub>\d{{1,2}})|(?P<raised>[{_RAISED}]{{1,2}}))?"
_ROMAN = r"[IVXLІХ]{1,8}"
_ROMAN_LETTERS = str.maketrans("ІХ", "IX")
_CAPITAL = r"[A-ZŁŚŻŹĆА-ЯІЇЄҐЁ«\"]"


def _title_expression(*words: str) -> re.Pattern[str]:
    """An expression for a title of another language: «Article 5», «Part II. Duties».

    Without a stop after the number it is a title where the line is short and ends without one.
    """
    named = "|".join(f"{word}|{word.upper()}" for word in words)
    return re.compile(
        rf"{_QUOTE}(?:{named})\s?(?P<n>\d{{1,3}}(?:\.\d{{1,3}})?|{_ROMAN}){_SUB}"
        rf"(?:\s?(?:[.:](?!\d)|[–—-](?=\s))\s*(?={_CAPITAL}|$)|\s*$"
        rf"|\s(?={_CAPITAL}[^\n]{{0,60}}[^.;:,\n]$))"
    )


_NUMBERS = [
    (
        Form.ARTICLE,
        re.compile(
            rf"{_QUOTE}(?:Стаття|СТАТТЯ)\s(?P<n>\d{{1,4}}){_SUB}\s?(?:\.(?!\d)|[–—-](?=\s)|$)\s*"
        ),
    ),
    (
        Form.SECTION,
        re.compile(
            rf"{_QUOTE}(?:Розділ|РОЗДІЛ)\s(?P<n>{_ROMAN}|\d{{1,3}}){_SUB}"
            r"(?:\s?[.:](?!\d)\s*|\s?[–—-]\s|\s(?=[А-ЯІЇЄҐ«\"])|\s*$)"
        ),
    ),
    (
        Form.CHAPTER,
        re.compile(
            rf"{_QUOTE}(?:Глава|ГЛАВА|Підрозділ|ПІДРОЗДІЛ|Параграф|§)\s?(?P<n>{_ROMAN}|\d{{1,3}}){_SUB}"
            r"(?:\s?[.:](?!\d)\s*|\s?[–—-]\s|\s(?=[А-ЯІЇЄҐ«\"])|\s*$)"
        ),
    ),
    (Form.ARTICLE, _title_expression("Статья", "Article", "Artykuł", r"Art\.")),
    (Form.SECTION, _title_expression("Раздел", "Rozdział", "Part", "Section")),
    (Form.CHAPTER, _title_expression("Chapter")),
    (
        Form.CLAUSE,
        re.compile(
            rf"{_QUOTE}(?:Пункт|ПУНКТ|Punkt|Clause)\s(?P<n>\d{{1,3}}){_SUB}\.\s*(?={_CAPITAL}|$)"
        ),
    ),
    (Form.SECTION, re.compile(rf"{_QUOTE}(?P<n>{_ROMAN}){_SUB}\.\s+(?=\S)")),
    (
        Form.PAREN,
        re.compile(rf"{_QUOTE}(?P<n>[1-9]\d{{0,2}}(?:\.[1-9]\d{{0,2}}){{0,4}}){_SUB}\s?\)\s*"),
    ),
    (
        Form.DOTTED,
        re.compile(
            rf"{_QUOTE}(?P<n>[1-9]\d{{0,2}}(?:\.[1-9]\d{{0,2}}){{0,5}}){_SUB}"
            r"(?P<dot>\s?\.)?(?![\d.])\s*"
        ),
    ),
    (Form.ROMAN, re.compile(rf"{_QUOTE}\(?(?P<n>[ivx]{{2,6}})\)(?=\s)\s*")),
    (
        Form.LETTER,
        re.compile(rf"{_QUOTE}\(?(?P<n>[а-щьюяґєіїa-zА-ЩЮЯҐЄІЇA-Z])\)(?=\s|\w|[«\"])\s*"),
    ),
]
_BULLET = re.compile(r"[-–—•·*●▪■◦‣]\s+(?=\S)")
_ANNEX = re.compile(
    r"(?:Додаток|ДОДАТОК)(?:\s?(?:№\s?)?"
    r"(?P<n>\d{1,3}(?:[-.]\d{1,3})?|(?:[IVXLІХ]{1,8}|[А-ЯІЇЄҐA-Z])(?![\w’'])))?"
    r"\s?[.:]?(?:\s+|$)"
)
_APPROVED = re.compile(
    r"(?:ЗАТВЕРДЖЕН(?:О|А|ИЙ|І)|Затверджен(?:о|а|ий|і)(?=:?$|:?\s(?:рішення|Рішення|наказ|Наказ"
    r"|розпорядження|Розпорядження)))\b\s?:?\s*"
)
_LOWERCASE = re.compile(r"[а-щьюяґєії]")
_SENTENCE_END = ".;:,"


def recognise(line: str) -> Marker | None:
    """Return the number that `line` starts with, or None."""
    start = line[:80]
    if not start or start[0].isspace():
        return None
    if found := _ANNEX.match(start):
        return _annex(line, found)
    if (found := _APPROVED.match(start)) and len(line) <= 200:
        return Marker(Form.APPROVED, "", (), found[0].strip(), found.end())
    for form, pattern in _NUMBERS:
        if (found := pattern.match(start)) and (marker := _number(line, form, found)):
            return marker
    if found := _BULLET.match(start):
        return Marker(Form.BULLET, "", (), found[0].strip(), found.end())
    return None


def roman(numeral: str) -> int:
    """Return the value of a Roman numeral (Cyrillic І and Х included), 0 if it is none."""
    numeral = numeral.translate(_ROMAN_LETTERS)
    if not re.fullmatch(r"(?=[IVXL])(XL|L?X{0,3})(IX|IV|V?I{0,3})", numeral):
        return 0
    digits = [{"I": 1, "V": 5, "X": 10, "L": 50}[letter] for letter in numeral]
    return sum(
        -digit if digit < following else digit
        for digit, following in zip(digits, [*digits[1:], 0], strict=True)
    )


def is_capitals(text: str) -> bool:
    """Whether `text` is a title in capitals, not the initials of somebody who signs."""
    letters = [c for c in text if c.isalpha()]
    return (
        len(letters) >= 4
        and all(c.isupper() for c in letters)
        and not re.match(r"[А-ЯІЇЄҐ]\.\s?", text)
    )


def _annex(line: str, found: re.Match[str]) -> Marker | None:
    rest = line[found.end() :]
    number = found["n"] or ""
    # «Додаток 1 до рішення викласти в новій редакції.» is a sentence, not an annex.
    if len(line) > 200 or (rest and rest[-1] in _SENTENCE_END):
        return None
    if rest and not (rest.startswith("до ") or (number and not _LOWERCASE.match(rest))):
        return None
    value = tuple(int(n) for n in re.findall(r"\d+", number))
    if counted := roman(number):
        number, value = number.translate(_ROMAN_LETTERS), (counted,)
    return Marker(Form.ANNEX, number, value, found[0].strip(), found.end())


def in_alphabet(marker: Marker, *, latin: bool) -> Marker:
    """Return the letter read in one of the two alphabets: «с)» is the 22nd or the third."""
    letter = next((c for c in marker.printed if c.isalpha()), "").lower()
    if not latin:
        letter = letter.translate(_LOOKALIKES)
    at = (LATIN if latin else ALPHABET).find(letter)
    return replace(marker, number=letter, value=(at + 1,)) if letter and at >= 0 else marker


def is_lookalike(marker: Marker) -> bool:
    """Whether a Latin letter is printed that may stand for a Ukrainian one: «a)», «c)»."""
    letter = next((c for c in marker.printed if c.isalpha()), "")
    return letter.isascii() and not letter.translate(_LOOKALIKES).isascii()


def _letter(printed: str, rest: str) -> tuple[str, str]:
    """The letter of a list and its alphabet: Latin where the words are, or where no Ukrainian
    letter looks like it; else Ukrainian."""
    first = next((c for c in rest if c.isalpha()), "")
    cyrillic = printed.translate(_LOOKALIKES).lower()
    if printed.isascii() and (cyrillic.isascii() or (first and first.isascii())):
        return printed.lower(), LATIN
    return cyrillic, ALPHABET


def _number(line: str, form: Form, found: re.Match[str]) -> Marker | None:
    printed = found["n"]
    rest = line[found.end() :]
    groups = found.groupdict()
    sub = groups.get("sub") or (groups.get("raised") or "").translate(_DIGITS)
    value: tuple[int, ...]
    if form is Form.LETTER:
        letter, alphabet = _letter(printed, rest)
        if letter not in alphabet:
            return None
        number, value = letter, (alphabet.index(letter) + 1,)
    elif form is Form.ROMAN:
        number, value = printed, (roman(printed.upper()),)
        if not value[0]:
            return None
    elif printed[0].isdigit():
        number, value = printed, tuple(int(n) for n in printed.split("."))
    else:
        number, value = printed.translate(_ROMAN_LETTERS), (roman(printed),)
        if not value[0]:
            return None
    if form is Form.DOTTED:
        if not groups.get("dot"):
            # «2.1 Депутати» counts without its last dot, «2.1 млн гривень» and «5 осіб» do not.
            plain = len(value) > 1 and line[found.end() - 1 : found.end()].isspace()
            if not plain or not rest[:1].isupper():
                return None
        if len(value) == 1 and not sub and is_capitals(rest) and rest[-1] not in ";:,":
            form = Form.SECTION
    if sub:
        number = f"{number}-{int(sub)}"
    text = found[0].strip()
    return Marker(
        form, number, value, text, found.end(), sub=int(sub or 0), quoted=bool(found["quote"])
    )
