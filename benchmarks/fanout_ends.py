"""The two ends of the fan-out: readers that note when a frame came, and the bare broadcaster.

``python -m benchmarks.fanout_ends readers URL NUMBER ORIGIN`` opens so many sockets and says
``ready``; to each line on its input it answers the times (monotonic, ns) at which frames have come
since. ``… floor PORT`` sends each line of its input, a frame, to all sockets it has.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time

import picows
import uvloop

#: Shorter ones are heartbeats, in bytes.
SHORTEST_FRAME = 500
AT_ONCE = 50


class Reader(picows.WSListener):
    """One socket: notes when a frame came."""

    def __init__(self, times: list[int]) -> None:
        self.times = times

    def on_ws_frame(self, transport: picows.WSTransport, frame: picows.WSFrame) -> None:
        if frame.payload_size >= SHORTEST_FRAME:
            self.times.append(time.monotonic_ns())


class Floor(picows.WSListener):
    """One socket of the bare broadcaster."""

    def __init__(self, held: set[picows.WSTransport]) -> None:
        self.held = held

    def on_ws_connected(self, transport: picows.WSTransport) -> None:
        self.held.add(transport)

    def on_ws_disconnected(self, transport: picows.WSTransport) -> None:
        self.held.discard(transport)


async def readers(url: str, number: int, origin: str) -> None:
    times: list[int] = []
    turn = asyncio.Semaphore(AT_ONCE)

    async def connect() -> picows.WSTransport:
        async with turn:
            transport, _reader = await picows.ws_connect(
                lambda: Reader(times), url, extra_headers={"Origin": origin}
            )
            return transport

    held = await asyncio.gather(*(connect() for _ in range(number)))
    print("ready", flush=True)
    lines = await _lines()
    while await lines.readline():
        print(json.dumps(times), flush=True)
        times.clear()
    del held


async def floor(port: int) -> None:
    held: set[picows.WSTransport] = set()
    server = await picows.ws_create_server(lambda request: Floor(held), "127.0.0.1", port)
    lines = await _lines()
    while line := await lines.readline():
        frame = line.rstrip(b"\n")
        for transport in held:
            transport.send(picows.WSMsgType.TEXT, frame)
    server.close()


async def _lines() -> asyncio.StreamReader:
    reader = asyncio.StreamReader(limit=2**24)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    return reader


def main(role: str, *arguments: str) -> None:
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if role == "readers":
        url, number, origin = arguments
        uvloop.run(readers(url, int(number), origin))
    else:
        uvloop.run(floor(int(arguments[0])))


if __name__ == "__main__":
    main(*sys.argv[1:])
