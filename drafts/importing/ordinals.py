"""Ordinal numbers in Ukrainian words, as labels say them: «перший перелік», «друга нумерація»."""

from __future__ import annotations

_STEMS = ["перш", "друг", "трет", "четверт", "п’ят", "шост", "сьом", "восьм", "дев’ят", "десят"]


def masculine(number: int) -> str:
    """Return «перший», «другий», «третій»…, from eleven on «11-й»."""
    if number > len(_STEMS):
        return f"{number}-й"
    return _STEMS[number - 1] + ("ій" if number == 3 else "ий")


def feminine(number: int) -> str:
    """Return «перша», «друга», «третя»…, from eleven on «11-та»."""
    if number > len(_STEMS):
        return f"{number}-та"
    return _STEMS[number - 1] + ("я" if number == 3 else "а")
