"""What is tried on every route: all of it with --long, else one thing a day."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.plugins.levels import level


def choose[T](config: pytest.Config, values: Sequence[T]) -> Sequence[T]:
    """All values with --long, the one of the day without."""
    run = level(config)
    return values if run.long else [values[run.day.toordinal() % len(values)]]


def languages_of(config: pytest.Config, address: str) -> tuple[str, ...]:
    """The prefixes of an address: English, too, with --nightly and once in eight days.

    What may be read is the same in both languages; what is written there is not.
    """
    run = level(config)
    english = not address.startswith("/api") and (run.nightly or run.is_turn(address))
    return ("", "/en") if english else ("",)
