"""Widths of the letters of a display's type, and where its lines break.

In hundredths of the letters' size, rounded up, as a browser draws Arsenal (static/fonts, with the
size-adjust of css/tokens.css).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from core.domain.typography import bind_numbers

_REGULAR_WIDTHS = {
    15: "’",
    17: "'",
    22: "`",
    24: ",ilії",
    25: "  ",
    26: ".:;j·",
    29: "IІЇ",
    30: "!",
    31: "|“”„",
    32: '"-',
    33: "()",
    34: "f",
    35: "rtґ",
    36: "[]^",
    38: "г",
    39: "J",
    40: "1<>{}",
    42: "*Ґ",
    44: "$+?szГт",
    45: "/7\\cзс",
    46: "эє",
    47: "vxх",
    48: "gyу",
    49: "TekТекьяё",
    50: "5=FLвч–−",
    51: "#23aал",
    52: "S§«»З",
    53: "4PР",
    54: "8EYoЁЕбдо",
    55: "69bdhnpquнпр",
    56: "Zц",
    57: "БЬийъ",
    58: "BRXВХЯ",
    59: "V",
    60: "0ЧЭ",
    61: "AC~ЄАСУ",
    62: "K",
    64: "&КЛ",
    65: "Д",
    66: "GUЪ",
    67: "_Пф—",
    68: "DHНЦ",
    69: "м",
    70: "NOQwИЙОы",
    71: "ж…",
    72: "ю",
    76: "Ф",
    77: "mш",
    78: "щ",
    81: "Ы",
    84: "✓",
    86: "%",
    89: "@MМ",
    90: "W",
    91: "Ш",
    92: "ЖЩ",
    96: "Ю",
    111: "№",
}
_BOLD_WIDTHS = {
    20: "’",
    22: "'",
    26: "`",
    27: "ilії",
    28: "  ",
    29: ",",
    30: "j",
    32: ".:;I·ІЇ",
    36: "!-",
    37: "f|",
    38: "^rtґ",
    39: "()",
    40: "г“”„",
    41: "<>J[]",
    43: '"1',
    44: "*{}",
    45: "$sҐ",
    47: "zГзт",
    48: "7?cсэє",
    49: "+/\\g",
    51: "Levxyеухё",
    52: "25Fь",
    53: "3Skвклчя",
    54: "§",
    55: "#TaЗТа",
    56: "=EYoЁЕбо–−",
    57: "4689Ph«»Рдп",
    58: "bdnpquнр",
    59: "БЬий",
    60: "Эц",
    61: "BZВ",
    62: "0CRVXСХЯъ",
    63: "ЄЧ",
    64: "~У",
    65: "AА",
    66: "KU",
    67: "GКЛ",
    68: "&П",
    69: "DДЪ",
    70: "HNН",
    71: "OQОЦ",
    72: "_ИЙм—",
    74: "ф",
    75: "w",
    77: "жыю",
    81: "mш",
    82: "Ф",
    83: "щ",
    84: "✓",
    86: "Ы…",
    91: "MМ",
    92: "%@",
    93: "WШ",
    95: "ЖЩ",
    98: "Ю",
    117: "№",
}

_TABLES = [
    {letter: width / 100 for width, letters in table.items() for letter in letters}
    for table in (_REGULAR_WIDTHS, _BOLD_WIDTHS)
]
#: Of the sum of the letters: kerning makes words a little narrower.
_KERNED = 0.985
#: Of a letter that another type draws: as wide as they are, and of East Asia.
_UNKNOWN, _WIDE = 0.9, 1.15
#: After a blank and after a hyphen between two letters a line may end. A word keeps its hyphen, and
#: at a blank that binds no line ends.
_PIECES = re.compile(r"[^ ]+?(?:-(?=[^\W\d])|(?= )|$) *")


@lru_cache(maxsize=8192)
def width_of(words: str, *, is_bold: bool = False) -> float:
    """Width of words in one line, in heights of a letter."""
    table = _TABLES[is_bold]
    return _KERNED * sum(table.get(letter) or _width_of_unknown(letter) for letter in words)


def _width_of_unknown(letter: str) -> float:
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0.0
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" else _UNKNOWN


@lru_cache(maxsize=2048)
def wrap(words: str, width: float, *, is_bold: bool = False) -> tuple[str, ...]:
    """The lines in which words stand, ``width`` in heights of a letter; () for no words.

    Each but the last keeps its blank or its hyphen at its end, so that any of them joined are the
    text as it was written, but that «№» is bound to its number as pages bind it. A word that is
    too long for a line is broken between two letters.
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
    return bind_numbers(re.sub(r"[ \t\n\r\f]+", " ", words).strip())


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
