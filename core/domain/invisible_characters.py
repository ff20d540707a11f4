"""Invisible characters, which reverse a line or make two names look like one."""

from __future__ import annotations

import unicodedata

#: Letters that are blank: the Korean fillers, and the empty Braille cell.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")


# Unicode's property Default_Ignorable_Code_Point (DerivedCoreProperties.txt), which Python's
# ``unicodedata`` does not tell: pairs of the first and the last of each range.
DEFAULT_IGNORABLE = (
    *((0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5)),
    *((0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164)),
    *((0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8)),
    *((0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF)),
)


def is_default_ignorable(sign: str) -> bool:
    """Whether programs that do not know the character show nothing in its place."""
    return any(first <= ord(sign) <= last for first, last in DEFAULT_IGNORABLE)


def hides_something(text: str) -> bool:
    """Whether some sign of the text is not seen; ends of lines and spaces are."""
    return any(
        sign in _BLANK or (sign != "\n" and unicodedata.category(sign) in ("Cc", "Cf"))
        for sign in text
    )
