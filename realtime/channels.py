"""What is watched: topics, and for each the sockets that see the same of it."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

from realtime import samples
from realtime.drawing import Change, View
from realtime.sockets import Message, Socket, Text


class Group:
    """The sockets of one topic that see the same: one language, one variant."""

    __slots__ = ("channel", "language", "sockets", "spoke", "variant")

    def __init__(self, channel: Channel, language: str, variant: str) -> None:
        self.channel, self.language, self.variant = channel, language, variant
        self.sockets: set[Socket] = set()
        self.spoke = asyncio.get_running_loop().time()

    def heartbeat(self) -> Message:
        return message_of({**self._head(), "now": now()})

    def resync(self, seq: int | None = None) -> Message:
        """Fetch the region again, each at a moment of its own within ``spread`` seconds."""
        totals = self.channel.totals
        frame = self._head()
        frame["resync"] = frame.pop("seq") if seq is None else seq
        frame["spread"] = round(min(3.0, 0.1 + len(self.sockets) / 1000), 1)
        if totals is not None:
            frame["counts"] = totals.of(())
        return message_of({**frame, "now": now()})

    def council(self, seq: int) -> Message:
        """What stands around the regions says something else of the council: fetch it again."""
        spread = round(min(3.0, 0.1 + len(self.sockets) / 1000), 1)
        frame = {"t": self.channel.topic, "council": seq, "spread": spread}
        return message_of({**frame, "now": now()})

    def _head(self) -> dict[str, Any]:
        return {"t": self.channel.topic, "seq": self.channel.told}


class Channel:
    """A topic that somebody watches here."""

    __slots__ = (
        "changes", "coming", "early", "flushing", "groups", "lost", "opening", "public", "seq",
        "told", "topic", "totals",
    )  # fmt: skip

    def __init__(self, topic: str) -> None:
        self.topic = topic
        #: Reading where it stands; readers who wait for that, and signals that came meanwhile.
        self.opening: asyncio.Future[None] | None = None
        self.coming = 0
        self.early: list[str] = []
        #: The newest counter heard of, and the one up to which the sockets have been told.
        self.seq = 0
        self.told = 0
        #: What changed since, in order and once each; ``lost``: something unknown did.
        self.changes: dict[Change, None] = {}
        self.lost = False
        self.flushing: asyncio.Task[None] | None = None
        self.groups: dict[View, Group] = {}
        #: Anybody may watch it, as of the last pulse.
        self.public = False
        self.totals: samples.Totals | None = None

    def sockets(self) -> list[Socket]:
        return [socket for group in self.groups.values() for socket in group.sockets]


def message_of(frame: dict[str, Any]) -> Message:
    """One message for any number of sockets: its text is encoded once."""
    text = json.dumps(frame, ensure_ascii=False, separators=(",", ":"))
    return {"type": "websocket.send", "text": Text(text)}


def now() -> str:
    """The time that a frame tells."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
