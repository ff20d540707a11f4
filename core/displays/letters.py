"""Widths of the letters of a display's type, and where its lines break.

In hundredths of the letters' size, rounded up, as a browser draws Arsenal (static/fonts, with the
size-adjust of css/tokens.css). Kerning makes words a little narrower, never wider.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_REGULAR_WIDTHS = {
    16: "’",
    18: "'",
    22: "`",
    24: ",ilії",
    26: " .:;j ·",
    30: "!IІЇ",
    32: "\"-|“”„",
    34: "()f",
    36: "[]^rtґ",
    38: "г",
    40: "1<>J{}",
    42: "*Ґ",
    44: "$+?szГт",
    46: "/7\\cзсэє",
    48: "gvxyух",
    50: "5=FLTekТвекчьяё–−",
    52: "#23Sa§«»Зал",
    54: "48EPYoЁЕРбдо",
    56: "69Zbdhnpquнпрц",
    58: "BRXБВХЬЯийъ",
    60: "0VЧЭ",
    62: "ACK~ЄАСУ",
    64: "&КЛ",
    66: "GUДЪ",
    68: "DH_НПЦф—",
    70: "NOQwИЙОмы",
    72: "жю…",
    76: "Ф",
    78: "mшщ",
    82: "Ы",
    84: "✓",
    86: "%",
    90: "@MWМ",
    92: "ЖШЩ",
    96: "Ю",
    112: "№",
}
_BOLD_WIDTHS = {
    20: "’",
    22: "'",
    26: "`",
    28: " il ії",
    30: ",j",
    32: ".:;I·ІЇ",
    36: "!-",
    38: "^frt|ґ",
    40: "()г“”„",
    42: "<>J[]",
    44: "\"*1{}",
    46: "$sҐ",
    48: "7?czГзстэє",
    50: "+/\\g",
    52: "25FLevxyеухьё",
    54: "3Sk§вклчя",
    56: "#=ETYaoЁЕЗТабо–−",
    58: "4689Pbdhnpqu«»Рднпр",
    60: "БЬЭийц",
    62: "0BCRVXZВСХЯъ",
    64: "~ЄУЧ",
    66: "AKUА",
    68: "&GКЛП",
    70: "DHNДНЪ",
    72: "OQ_ИЙОЦм—",
    74: "ф",
    76: "w",
    78: "жыю",
    82: "mФш",
    84: "щ✓",
    86: "Ы…",
    92: "%@MМ",
    94: "WШ",
    96: "ЖЩ",
    98: "Ю",
    118: "№",
}

_TABLES = [
    {letter: width / 100 for width, letters in table.items() for letter in letters}
    for table in (_REGULAR_WIDTHS, _BOLD_WIDTHS)
]
#: Of a letter that another type draws: as wide as they are, and of East Asia.
_UNKNOWN, _WIDE = 0.9, 1.15
#: After a blank and after a hyphen between two letters a line may end. A word keeps its hyphen.
_PIECES = re.compile(r"\S+?(?:-(?=[^\W\d])|(?=\s)|$)\s*")


@lru_cache(maxsize=8192)
def width_of(words: str, *, is_bold: bool = False) -> float:
    """How wide words stand in one line, in heights of a letter."""
    table = _TABLES[is_bold]
    return sum(table.get(letter) or _width_of_unknown(letter) for letter in words)


def _width_of_unknown(letter: str) -> float:
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0.0
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" else _UNKNOWN


@lru_cache(maxsize=2048)
def wrap(words: str, width: float, *, is_bold: bool = False) -> tuple[str, ...]:
    """The lines in which words stand, ``width`` in heights of a letter; () for no words.

    Each but the last keeps its blank or its hyphen at its end, so that any of them joined are the
    text as it was written. A word that is too long for a line is broken between two letters.
    """
    found: list[str] = []
    line, used = "", 0.0
    for piece in _PIECES.findall(_one_blank(words)):
        taken = width_of(piece.rstrip(), is_bold=is_bold)
        if line and used + taken > width:
            found.append(line)
            line, used = "", 0.0
        while taken > width and len(piece) > 1:
            head = _fitting(piece, width, is_bold=is_bold)
            found.append(head)
            piece = piece[len(head) :]
            taken = width_of(piece.rstrip(), is_bold=is_bold)
        line += piece
        used += width_of(piece, is_bold=is_bold)
    return (*found, line) if line else tuple(found)


def _one_blank(words: str) -> str:
    return re.sub(r"[ \t\n\r\f]+", " ", words).strip()


def _fitting(piece: str, width: float, *, is_bold: bool) -> str:
    """The letters of a word that fit on a line: one at least."""
    for many in range(len(piece) - 1, 1, -1):
        if width_of(piece[:many], is_bold=is_bold) <= width:
            return piece[:many]
    return piece[:1]


def cut(words: str, most: int) -> tuple[str, str]:
    """Words in two: of the first ``most`` letters those that are whole words, and the rest."""
    if len(words) <= most:
        return words, ""
    head = words[: most + 1]
    at = head.rfind(" ")
    at = at if at > most // 2 else most
    return words[:at].rstrip(" ,;:–—("), words[at:].strip()
