"""Readers of a meeting: telephones and displays as one process, which notes what each was told.

``python -m benchmarks.meetings_ends URL ORIGIN PHONES DISPLAYS``; the first line of its input is a
JSON object: the cookies of those who are signed in, and the counter of the topic. It opens all
sockets and says ``ready``; to each line it answers a JSON object of what has come since the last
one, and to ``frames`` the frames themselves of one reader of each view, from the beginning.
"""

from __future__ import annotations

import asyncio
import json
import re
import resource
import sys
import time
from collections import Counter

import picows
import uvloop

AT_ONCE = 50
#: Of so many readers one reads English; of so many telephones one is signed in.
ENGLISH, SIGNED_IN = 10, 4
_LONGEST_HEAD = 120
_HEAD = re.compile(rb'^\{"t":"[^"]*",(?:"seq":(\d+),"after":(\d+)|"resync":(\d+)|"seq":(\d+))')


class Reader(picows.WSListener):
    """One socket: up to which ``seq`` it was told, and what it missed."""

    def __init__(self, seq: int, *, keeps: bool, is_display: bool) -> None:
        self.seq, self.is_display = seq, is_display
        #: All frames, of one reader of each view.
        self.kept: list[bytes] | None = [] if keeps else None
        #: When which ``seq`` came, of displays.
        self.came: list[tuple[int, int]] = []
        self.drawn = self.gaps = self.resyncs = self.bytes = 0
        self.seconds: Counter[int] = Counter()
        self.is_closed = False

    def on_ws_frame(self, transport: picows.WSTransport, frame: picows.WSFrame) -> None:
        at = time.monotonic_ns()
        if self.kept is not None:
            self.kept.append(frame.get_payload_as_bytes())
        # The head alone: copying all frames would take a core from those that are measured.
        found = _HEAD.match(bytes(frame.get_payload_as_memoryview()[:_LONGEST_HEAD]))
        if found is None:
            return
        seq, after, resync, beat = found.groups()
        if seq is not None:
            self.drawn += 1
            self.bytes += frame.payload_size
            self.gaps += int(after) > self.seq
            self.seq = max(self.seq, int(seq))
            if self.is_display:
                self.came.append((self.seq, at))
                self.seconds[at // 1_000_000_000] += 1
        elif resync is not None:
            if int(resync) > self.seq:
                self.resyncs += 1
                self.seq = int(resync)
        elif int(beat) > self.seq:
            self.gaps += 1

    def on_ws_disconnected(self, transport: picows.WSTransport) -> None:
        self.is_closed = True


class Floor(picows.WSListener):
    """One socket of the bare broadcast: notes when a frame came."""

    def __init__(self, times: list[int] | None) -> None:
        self.times = times

    def on_ws_frame(self, transport: picows.WSTransport, frame: picows.WSFrame) -> None:
        if self.times is not None:
            self.times.append(time.monotonic_ns())


async def main(url: str, origin: str, phones: int, displays: int) -> None:
    lines = await _lines()
    first = json.loads(await lines.readline())
    if first["bare"]:
        await _bare(lines, url, phones, displays)
    else:
        await _watch(lines, url, origin, phones, displays, first["cookies"], first["seq"])


async def _watch(
    lines: asyncio.StreamReader,
    url: str,
    origin: str,
    phones: int,
    displays: int,
    cookies: list[str],
    seq: int,
) -> None:
    turn = asyncio.Semaphore(AT_ONCE)
    witnesses: dict[str, Reader] = {}

    async def connect(number: int, *, is_display: bool) -> Reader:
        language = "en" if number % ENGLISH == 1 else "uk"
        view = f"{language} {'display' if is_display else 'page'}"
        reader = Reader(seq, keeps=view not in witnesses, is_display=is_display)
        witnesses.setdefault(view, reader)
        headers = {"Origin": origin}
        if not is_display and number % SIGNED_IN == 0 and cookies:
            headers["Cookie"] = cookies[number // SIGNED_IN % len(cookies)]
        asked = f"{url}?lang={language}&seq={seq}" + ("&as=display" if is_display else "")
        async with turn:
            reader.transport, _ = await picows.ws_connect(
                lambda: reader, asked, extra_headers=headers
            )
        return reader

    readers = await asyncio.gather(
        *(connect(number, is_display=False) for number in range(phones)),
        *(connect(number, is_display=True) for number in range(displays)),
    )
    print("ready", flush=True)
    while line := await lines.readline():
        if line == b"frames\n":
            answer = {
                view: [frame.decode() for frame in reader.kept or ()]
                for view, reader in witnesses.items()
            }
            print(json.dumps(answer), flush=True)
            continue
        print(json.dumps(_told(readers)), flush=True)


def _told(readers: list[Reader]) -> dict[str, object]:
    """What has come to all readers since the last time; ``came``: to each display."""
    screens = [reader for reader in readers if reader.is_display]
    told = {
        "seqs": sorted({reader.seq for reader in readers}),
        "gaps": sum(reader.gaps for reader in readers),
        "resyncs": sum(reader.resyncs for reader in readers),
        "closed": sum(reader.is_closed for reader in readers),
        "drawn": [reader.drawn for reader in readers],
        "bytes": sum(reader.bytes for reader in readers),
        "came": [reader.came for reader in screens],
        "most_in_a_second": max(
            (max(reader.seconds.values(), default=0) for reader in screens), default=0
        ),
    }
    for reader in readers:
        reader.came, reader.drawn, reader.bytes, reader.seconds = [], 0, 0, Counter()
    return told


async def _bare(lines: asyncio.StreamReader, url: str, phones: int, displays: int) -> None:
    turn = asyncio.Semaphore(AT_ONCE)
    times: list[int] = []

    async def connect(kept: list[int] | None) -> picows.WSTransport:
        async with turn:
            transport, _reader = await picows.ws_connect(lambda: Floor(kept), url)
            return transport

    held = await asyncio.gather(
        *(connect(None) for _ in range(phones)), *(connect(times) for _ in range(displays))
    )
    print("ready", flush=True)
    while await lines.readline():
        print(json.dumps(times), flush=True)
        times.clear()
    del held


async def _lines() -> asyncio.StreamReader:
    reader = asyncio.StreamReader(limit=2**24)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    return reader


if __name__ == "__main__":
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    url, origin, phones, displays = sys.argv[1:]
    uvloop.run(main(url, origin, int(phones), int(displays)))
