"""The hub of a process: sends each change, rendered once, to all sockets that watch its topic.

The database is the truth and signals are only hints (docs/adr/0007). A process has one hub; it
knows the topics that its sockets watch, and for each the ``seq`` up to which they have been told.
A NOTIFY says what changed; the hub draws that anew, once a language, and writes the same text to
all sockets of the language. Whatever goes wrong – a lost signal, a broken connection, a slow
reader – shows as a gap in ``seq`` and is mended in one way: ``resync``, fetch the region again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Collection, Mapping
from typing import Any

from django.db import Error as DatabaseError

from core.domain import council
from core.domain.topics import MOST_CHANGES
from core.web.metrics import SOCKETS
from realtime import drawing, samples
from realtime.broadcasts import BY_EVENT
from realtime.drawing import Change, DbThread, Operation, View
from realtime.listening import Listener
from realtime.parts import DISPLAY, PAGE, RESULTS, VOTING, face_of
from realtime.redrawing import Redrawing
from realtime.rights import close_refused, tell_theirs
from realtime.snapshot import TopicState, load_snapshot, load_topic
from realtime.sockets import Channel, Group, Message, Socket, message_of, now
from realtime.watch import Person

log = logging.getLogger(__name__)

#: Seconds: between two frames of a topic; between two looks at all counters, sessions and rights
#: (what is promised within 2 s takes one look and the work it makes); between two samples.
FRAME, PULSE, SAMPLE = 0.1, 1.5, 1.0
#: Seconds that a signal may come later than the counter that it tells of.
GRACE = 0.3
#: Seconds between heartbeats, by variant.
HEARTBEAT = {PAGE: 15.0, DISPLAY: 2.0, RESULTS: 15.0, VOTING: 2.0}
#: Seconds without a look at the database after which the hub no longer says that all is well.
DOUBTFUL = 2 * PULSE + 1
#: Seconds after which a reader that takes nothing is cut off.
PATIENCE = 30.0
#: Sockets served before others get their turn.
SLICE = 250


class Hub:
    """All live topics of this process. Its methods run in the event loop that made it."""

    def __init__(self) -> None:
        self.channels: dict[str, Channel] = {}
        self._db_thread = DbThread("hub")
        self._redrawing = Redrawing(self._tell_drawn)
        self._listener = Listener(self.receive_signal, self._look_now)
        self._looked = 0.0
        #: Where the topic of the council's own data stands, as the sockets know; None: not known.
        self._council: int | None = None
        self._telling: asyncio.Task[None] | None = None
        self._look = asyncio.Event()
        self._tasks = [
            asyncio.create_task(self._forever(work), name=f"live-{work.__name__}")
            for work in (self._listener.run, self._pulses, self._samples, self._heartbeats)
        ]

    # --- who watches ------------------------------------------------------------------------

    async def join(
        self, send: Any, topic: str, language: str, variant: str, person: Person | None, seq: int
    ) -> Socket:
        """Add a reader who has seen the topic up to ``seq``; an older one is told to resync."""
        if not self.channels:
            self._council = None  # nobody here has missed anything
        channel = self.channels.get(topic)
        if channel is None:
            channel = self.channels[topic] = Channel(topic)
            channel.opening = asyncio.ensure_future(self._open(channel))
        channel.coming += 1
        try:
            if channel.opening is not None:
                await asyncio.shield(channel.opening)
        finally:
            channel.coming -= 1
            self._forget_empty(channel)
        self.channels[topic] = channel
        view = (language, variant)
        group = channel.groups.get(view)
        if group is None:
            group = channel.groups[view] = Group(channel, language, variant)
        socket = Socket(send, group, person)
        group.sockets.add(socket)
        SOCKETS.inc()
        socket.offer(group.resync() if seq < group.told else group.heartbeat())
        return socket

    async def _open(self, channel: Channel) -> None:
        """Read where the topic stands; what is signalled meanwhile is heard afterwards."""
        found: TopicState = await self._db_thread.ask(load_topic, channel.topic)
        channel.seq = channel.told = found.seq
        channel.totals, channel.public = found.totals, found.public
        if self._council is None:
            self._council = found.council
        channel.opening = None
        for payload in channel.early:
            self.receive_signal(payload)
        channel.early.clear()

    def leave(self, socket: Socket) -> None:
        """Forget a reader; the last one takes the topic along."""
        group, channel = socket.group, socket.group.channel
        if socket in group.sockets:
            group.sockets.remove(socket)
            SOCKETS.dec()
        if not group.sockets:
            channel.groups.pop((group.language, group.variant), None)
        self._forget_empty(channel)

    def _forget_empty(self, channel: Channel) -> None:
        if not channel.groups and not channel.coming:
            self.channels.pop(channel.topic, None)
            if channel.flushing is not None:
                channel.flushing.cancel()

    def is_public(self, topic: str) -> bool:
        """Whether anybody may watch the topic, as far as is known without asking."""
        channel = self.channels.get(topic)
        return channel is not None and channel.public

    def shown(self, socket: Socket, remarks: list[str]) -> None:
        """Tell one reader the totals of what its page shows: they may have moved meanwhile."""
        totals = socket.group.channel.totals
        if totals is not None:
            head = {"t": socket.group.channel.topic, "counts": totals.of(remarks)}
            socket.offer(message_of(head))

    # --- what changed -----------------------------------------------------------------------

    def receive_signal(self, payload: str) -> None:
        """A NOTIFY: ``<topic> <seq> <Event>:<id> …`` (core.domain.topics)."""
        topic, _, rest = payload.partition(" ")
        if topic.startswith("user:"):
            self._look_now()
            return
        if topic == council.TOPIC:
            self._council_stands_at(int(rest.partition(" ")[0]))
            return
        channel = self.channels.get(topic)
        if channel is None:
            return
        if channel.opening is not None:
            channel.early.append(payload)
            return
        number, *changes = rest.split(" ")
        seq = int(number)
        if seq <= channel.seq:
            return
        if seq != channel.seq + 1:
            channel.lost = True
        channel.seq = seq
        for change in changes:
            event, _, thing = change.partition(":")
            if event in BY_EVENT and thing.isdigit():
                channel.changes[event, int(thing)] = None
            else:
                channel.lost = True
        self._flush(channel)

    def _council_stands_at(self, seq: int) -> None:
        """Tell every page, once, when what all of them show of the council is another thing."""
        if self._council is not None and seq > self._council:
            self._telling = asyncio.create_task(self._tell_council(seq))
        self._council = seq

    async def _tell_council(self, seq: int) -> None:
        for channel in list(self.channels.values()):
            for group in list(channel.groups.values()):
                await self._say(group, group.council(seq))

    def _flush(self, channel: Channel) -> None:
        if channel.flushing is None:
            channel.flushing = asyncio.create_task(self._flush_changes(channel))

    async def _flush_changes(self, channel: Channel) -> None:
        """Tell what waits: the first at once, what comes meanwhile together and once each."""
        loop = asyncio.get_running_loop()
        try:
            while channel.changes or channel.lost:
                started = loop.time()
                changes, channel.changes = channel.changes, {}
                lost, channel.lost = channel.lost, False
                await self._tell(channel, channel.seq, changes, lost)
                await asyncio.sleep(max(0.0, started + FRAME - loop.time()))
        finally:
            channel.flushing = None

    async def _tell(
        self, channel: Channel, seq: int, changes: dict[Change, None], lost: bool
    ) -> None:
        """Displays first: they are few, and a hall waits for them."""
        if lost or len(changes) > MOST_CHANGES:
            await self._attempt(channel, self._sample([channel]))
            await self._tell_views(channel, seq, list(channel.groups))
            return
        screens = [view for view in channel.groups if face_of(view[1]) == DISPLAY]
        others = [view for view in channel.groups if face_of(view[1]) != DISPLAY]
        first = screens if others else []
        if first:
            drawing_first = self._db_thread.ask(drawing.draw, channel.topic, changes, first)
            drawn_first = await self._attempt(channel, drawing_first)
            await self._tell_views(channel, seq, first, drawn_first)
        counting = self._db_thread.ask(
            drawing.draw_and_count, channel.topic, changes, others or screens, channel.totals
        )
        found = await self._attempt(channel, counting)
        drawn, totals = found or ({}, None)
        counts = self._keep_totals(channel, totals) if totals is not None else {}
        if counts:
            await self._tell_counts(channel, counts, first)
        rest = [view for view in channel.groups if view not in first]
        await self._tell_views(channel, seq, rest, drawn, counts)

    @staticmethod
    async def _attempt[T](channel: Channel, work: Awaitable[T]) -> T | None:
        """Await ``work``; None, and a line in the log, where it fails: pages fetch then."""
        try:
            return await work
        except DatabaseError as error:
            log.warning("%s cannot be drawn: %s", channel.topic, str(error).strip())
        except Exception:
            log.exception("%s cannot be drawn; its pages fetch it instead", channel.topic)
        return None

    async def _tell_views(
        self,
        channel: Channel,
        seq: int,
        views: Collection[View],
        drawn: Mapping[View, list[Operation] | None] | None = None,
        counts: Mapping[str, Any] | None = None,
    ) -> None:
        """Send each view its frame; those that have none are told to fetch."""
        channel.told, at = seq, now()
        for view in views:
            group = channel.groups.get(view)
            if group is None:
                continue
            after, group.told = group.told, seq
            html = (drawn or {}).get(view)
            if html is None:
                await self._say(group, group.resync())
                continue
            head = {"t": channel.topic, "seq": seq, "after": after}
            if counts:
                head["counts"] = counts
            await self._say(group, message_of({**head, "html": html, "now": at}))

    async def _tell_counts(
        self, channel: Channel, counts: Mapping[str, Any], views: Collection[View]
    ) -> None:
        message = message_of({"t": channel.topic, "counts": counts, "now": now()})
        for view in views:
            if group := channel.groups.get(view):
                await self._say(group, message)

    async def _say(self, group: Group, message: Message) -> None:
        """The same text to every socket of the group, a slice at a time."""
        group.spoke = asyncio.get_running_loop().time()
        for place, socket in enumerate(list(group.sockets), 1):
            socket.offer(message)
            if place % SLICE == 0:
                await asyncio.sleep(0)

    # --- what nobody tells ------------------------------------------------------------------

    async def _forever(self, work: Any) -> None:
        """Keep ``work`` running: a mistake in it is logged and it starts again."""
        while True:
            try:
                await work()
            except DatabaseError as error:
                log.warning("%s: %s", work.__name__, str(error).strip())
            except Exception:
                log.exception("%s failed", work.__name__)
            await asyncio.sleep(1)

    def _look_now(self) -> None:
        self._look.set()

    async def _pulses(self) -> None:
        while True:
            if self.channels:
                await self._pulse()
            try:
                await asyncio.wait_for(self._look.wait(), PULSE)
            except TimeoutError:
                continue
            finally:
                self._look.clear()

    async def _pulse(self) -> None:
        """Compare everything with the database: counters, rights, sessions."""
        before = {topic: channel.seq for topic, channel in self.channels.items()}
        everybody = [socket for c in self.channels.values() for socket in c.sockets()]
        wishes = {
            (socket.person, socket.group.channel.topic)
            for socket in everybody
            if socket.person is not None
        }
        found = await self._db_thread.ask(load_snapshot, [*before, council.TOPIC], wishes)
        loop = asyncio.get_running_loop()
        self._looked = loop.time()
        self._council_stands_at(found.seqs.get(council.TOPIC, 0))
        for topic, seq in before.items():
            channel = self.channels.get(topic)
            if channel is None:
                continue
            channel.public = topic in found.public
            newest = found.seqs.get(topic, 0)
            if newest < seq:  # an older database was put in place
                self._missed(channel, newest)
            elif newest > channel.seq:
                loop.call_later(
                    GRACE if self._listener.listening else 0, self._still_missing, channel, newest
                )
        close_refused(everybody, found)
        tell_theirs(everybody, found)
        for socket in everybody:
            if socket.task is not None and self._looked - socket.blocked_since > PATIENCE:
                socket.drop()

    def _still_missing(self, channel: Channel, newest: int) -> None:
        if channel.seq < newest:
            self._missed(channel, newest)

    def _missed(self, channel: Channel, newest: int) -> None:
        channel.seq, channel.lost = newest, True
        self._flush(channel)

    async def _samples(self) -> None:
        await self._db_thread.ask(drawing.warm_up)
        while True:
            await asyncio.sleep(SAMPLE)
            channels = [c for c in self.channels.values() if c.opening is None]
            for channel, counts in await self._sample(channels) if channels else ():
                await self._tell_counts(channel, counts, list(channel.groups))

    async def _sample(self, channels: list[Channel]) -> list[tuple[Channel, dict[str, Any]]]:
        """Read the totals of channels; those whose totals have moved, with what moved."""
        known = {channel.topic: channel.totals for channel in channels}
        taken = await self._db_thread.ask(samples.take, known)
        moved = []
        for channel in channels:
            totals = taken.get(channel.topic)
            if totals is not None and (counts := self._keep_totals(channel, totals)):
                moved.append((channel, counts))
        return moved

    def _keep_totals(self, channel: Channel, totals: samples.Totals) -> dict[str, Any]:
        """Keep new totals of a channel; the ``counts`` of what moved."""
        before, channel.totals = channel.totals, totals
        if before is not None and before.bars != totals.bars:
            self._redrawing.redraw_soon(channel)
        return totals.since(before)

    async def _tell_drawn(self, channel: Channel, drawn: dict[View, list[Operation]]) -> None:
        """Send regions that follow from totals: they have no ``seq``."""
        for view, html in drawn.items():
            if group := channel.groups.get(view):
                await self._say(group, message_of({"t": channel.topic, "html": html, "now": now()}))

    async def _heartbeats(self) -> None:
        """Say that all is well, as long as the hub itself knows that it is."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(0.5)
            if loop.time() - self._looked > DOUBTFUL:
                continue
            for channel in list(self.channels.values()):
                for group in list(channel.groups.values()):
                    if loop.time() - group.spoke >= HEARTBEAT[face_of(group.variant)] - 0.25:
                        await self._say(group, group.heartbeat())


_hub: Hub | None = None


def the_hub() -> Hub:
    """The hub of this process; the first call, from its event loop, makes it."""
    global _hub
    if _hub is None:
        _hub = Hub()
    return _hub
