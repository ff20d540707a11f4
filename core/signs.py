"""Signs that nobody sees: they turn a line around, or make two names look like one."""

from __future__ import annotations

import unicodedata

#: Letters that are blank: the Korean fillers, and the empty Braille cell.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")


def hides_something(text: str) -> bool:
    """Whether some sign of the text is not seen; ends of lines and spaces are."""
    return any(
        sign in _BLANK or (sign != "\n" and unicodedata.category(sign) in ("Cc", "Cf"))
        for sign in text
    )
