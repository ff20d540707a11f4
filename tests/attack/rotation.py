"""The languages in which a route is tried."""

from __future__ import annotations

import pytest

from tests.plugins.levels import level


def languages_of(config: pytest.Config, address: str) -> tuple[str, ...]:
    """The prefixes of an address: English, too, with --nightly and once in eight days.

    What may be read is the same in both languages; what is written there is not.
    """
    run = level(config)
    english = not address.startswith("/api") and (run.nightly or run.is_turn(address))
    return ("", "/en") if english else ("",)
