"""Names of members on a display."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence


def short_names(names: Sequence[str], initials: int = 2) -> list[str]:
    """Surnames with so many initials, «Бондар О. І.». Where two would be the same, with as much
    more as tells them apart: two initials, the first name, or in full."""
    shorter: list[Callable[[str], str]] = [_with_first_name]
    shorter += [_with_two, _with_one][: 3 - initials]
    found = list(names)
    for shorten in shorter:
        short = [shorten(name) for name in names]
        counted = Counter(short)
        found = [one if counted[one] == 1 else kept for one, kept in zip(short, found, strict=True)]
    return found


def _with_first_name(name: str) -> str:
    return " ".join(name.split()[:2])


def _with_two(name: str) -> str:
    return _with_initials(name, 2)


def _with_one(name: str) -> str:
    return _with_initials(name, 1)


def _with_initials(name: str, many: int) -> str:
    surname, *given = name.split()
    if not given:
        return name
    return f"{surname} {'\u00a0'.join(f'{part[0]}.' for part in given[:many])}"
