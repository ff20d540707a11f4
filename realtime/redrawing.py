"""Re-render expensive regions that depend on totals: the bars of an open poll.

A vote raises no ``seq``; the sample of the second finds that the bars have moved. They are then
counted from all ballots – which may take seconds, so in a thread of its own, and the next time only
after a rest that is longer than the work: however fast people vote and however many there are, bars
take a fifth of one core at most and stop no other topic's frame.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from django.db import Error as DatabaseError

from realtime.broadcasts import FOLLOWS_TOTALS
from realtime.drawing import DbThread, Operation, View, draw_dependent_regions
from realtime.sockets import Channel

log = logging.getLogger(__name__)

#: The rest after each drawing: so many times what it took, and so many seconds at least.
REST, SHORTEST = 4, 0.9

Tell = Callable[[Channel, dict[View, list[Operation]]], Awaitable[None]]


class Redrawing:
    """Redraws the regions that depend on the totals of topics, and lets ``tell`` send them."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._db_thread = DbThread("counter")
        #: Channels under way; True: they have moved again meanwhile.
        self._again: dict[Channel, bool] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def redraw_soon(self, channel: Channel) -> None:
        """Redraw what depends on a channel's totals, which have moved: soon and once."""
        if channel.topic.partition(":")[0] not in FOLLOWS_TOTALS:
            return
        if channel in self._again:
            self._again[channel] = True
            return
        self._again[channel] = False
        task = asyncio.create_task(self._redraw(channel))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _redraw(self, channel: Channel) -> None:
        loop = asyncio.get_running_loop()
        try:
            while channel.groups:
                self._again[channel] = False
                started, told = loop.time(), channel.told
                drawn = await self._db_thread.ask(
                    draw_dependent_regions, channel.topic, list(channel.groups)
                )
                if channel.told == told:
                    await self._tell(channel, drawn)
                else:  # an event was told meanwhile: what was counted before it may be over
                    self._again[channel] = True
                await asyncio.sleep(max(SHORTEST, REST * (loop.time() - started)))
                if not self._again[channel]:
                    break
        except DatabaseError as error:
            log.warning("%s cannot be counted: %s", channel.topic, str(error).strip())
        except Exception:
            log.exception("%s cannot be counted", channel.topic)
        finally:
            del self._again[channel]
