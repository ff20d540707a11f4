"""Handlers of events: the topics of each in the list of broadcasts are raised, in the transaction
of the change."""

from __future__ import annotations

from functools import partial
from operator import attrgetter
from typing import Any

from city.events import CityChanged
from core.domain import council
from core.domain.events import Event, within
from core.domain.topics import raise_topic
from realtime.broadcasts import BROADCASTS, MANDATES, OF_POLLS, RIGHTS
from realtime.parts import Broadcast
from votes import places


def _raise(line: Broadcast, event: Event) -> None:
    thing = attrgetter(line.thing)(event)
    for topic in line.topics(event):
        raise_topic(topic, event.name, thing)


def _raise_places(event: Any) -> None:
    """Refresh the page of somebody else's thing on which the poll stands."""
    for place in places.of(event.poll_id):
        if place.topic:
            raise_topic(place.topic)


def _raise_city(event: CityChanged) -> None:
    """Refresh every page after a change of the council."""
    raise_topic(council.TOPIC, event.name, event.change_id)


def _raise_user(event: Any) -> None:
    raise_topic(f"user:{event.user_id}", event.name, event.user_id)


for _line in BROADCASTS:
    within(*_line.events)(partial(_raise, _line))
within(*OF_POLLS)(_raise_places)
within(*RIGHTS, *MANDATES)(_raise_user)
within(CityChanged)(_raise_city)
