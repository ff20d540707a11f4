"""Rights of open sockets by the database: who may no longer have one, and for whom people may speak
now.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from realtime.snapshot import Snapshot
from realtime.sockets import NOT_ALLOWED, SIGNED_OUT, Socket, message_of


def close_refused(everybody: Iterable[Socket], found: Snapshot) -> None:
    """Close the sockets of people who may no longer have them."""
    for socket in everybody:
        person, topic = socket.person, socket.group.channel.topic
        if person is not None and person in found.gone:
            socket.close(SIGNED_OUT)
        elif topic not in found.public and (person, topic) not in found.allowed:
            socket.close(NOT_ALLOWED)


def tell_theirs(everybody: Iterable[Socket], found: Snapshot) -> None:
    """Tell people whose mandates have changed, and nobody else, to ask what is theirs now."""
    for socket in everybody:
        person = socket.person
        if person is None or person in found.gone or socket.task is not None:
            continue  # who reads slowly is told at the next look
        voices = found.voices.get(person.user_id, frozenset())
        if voices != person.voices:
            socket.person = replace(person, voices=voices)
            socket.offer(message_of({"t": socket.group.channel.topic, "yours": True}))
