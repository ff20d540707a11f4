"""What is tried on every route: all of it with --nightly, one thing a day every day."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.plugins.levels import level


def choose[T](config: pytest.Config, values: Sequence[T], *, one_in: int = 1) -> Sequence[T]:
    """The value of the day; with --long every ``one_in``-th beginning with it; all at night."""
    run = level(config)
    begin = run.day.toordinal() % len(values)
    in_turn = [*values[begin:], *values[:begin]]
    if run.nightly:
        return values
    return in_turn[::one_in] if run.long else in_turn[:1]


def languages_of(config: pytest.Config, address: str) -> tuple[str, ...]:
    """The prefixes of an address: English, too, with --nightly and once in eight days.

    What may be read is the same in both languages; what is written there is not.
    """
    run = level(config)
    english = not address.startswith("/api") and (run.nightly or run.is_turn(address))
    return ("", "/en") if english else ("",)
