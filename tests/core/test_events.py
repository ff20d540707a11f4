"""Events are frozen dataclasses without a decorator, and so are those made of them."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, asdict

import pytest

from core.domain.events import Event


class ThingDone(Event):
    thing_id: int


class ThingSaid(ThingDone):
    words: str = ""


def test_an_event_is_made_of_its_fields_and_stays_as_it_is():
    said = ThingSaid(7, "so")
    assert asdict(said) == {"thing_id": 7, "words": "so"}
    assert said == ThingSaid(7, words="so") != ThingSaid(7)
    assert said.name == "ThingSaid"
    with pytest.raises(FrozenInstanceError):
        said.thing_id = 8
