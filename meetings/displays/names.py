"""Names of members on a display."""

from __future__ import annotations

from collections.abc import Sequence


def short_names(names: Sequence[str], initials: int = 2) -> list[str]:
    """Surnames with so many initials, «Бондар О. І.»; in full where two would be the same."""
    short = [_short(name, initials) for name in names]
    return [one if short.count(one) == 1 else name for one, name in zip(short, names, strict=True)]


def _short(name: str, initials: int) -> str:
    surname, *given = name.split()
    if not given:
        return name
    return f"{surname} {'\u00a0'.join(f'{part[0]}.' for part in given[:initials])}"
