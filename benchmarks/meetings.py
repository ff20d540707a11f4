"""A crowded meeting on one socket process: from an action to the displays, and nothing lost.

2,000 telephones and 20 displays follow one meeting at which thirty things a second happen for five
minutes (``--seconds``, ``--phones``, ``--displays``, ``--rate`` for less). Latency is from
before the action to the first frame on a display that holds it. Beside it, in the same run, stands
a bare picows broadcast of frames as large, ten a second, to as many sockets. At the end the first
state with all frames put in is compared with the pages as they are drawn then, in each view.

A meeting of its own is made; no demo city is needed.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psutil
from django.conf import settings
from django.test import Client

from benchmarks import crowd, ground
from benchmarks.fanout import _many_files, floor, hub
from core.domain.topics import seq_of
from core.web.pages import forget_pages
from meetings.models import Deputy, Meeting, Seat, State
from tests.meetings import factories
from tests.meetings.busy import BusyMeeting
from tests.realtime.applying import AppliedPage, first_difference, regions_of

SECONDS, PHONES, DISPLAYS, RATE = 300, 2000, 20, 30
MEMBERS, ITEMS, RESIDENTS = 64, 24, 500
#: Seconds in which everybody must have been told of the last action, and before the load begins.
PATIENCE, SETTLING = 20, 2
FLOOR_SECONDS, FRAMES_A_SECOND = 10, 10
VIEWS = {
    "uk page": "/meetings/{}/",
    "en page": "/en/meetings/{}/",
    "uk display": "/meetings/{}/display/",
    "en display": "/en/meetings/{}/display/",
}


@dataclass
class Played:
    """What was measured of one meeting."""

    #: Milliseconds from an action to the frame that holds it, of each display and action.
    waits: list[float]
    actions: float  # a second
    frames: float  # a second, of a display
    most_in_a_second: int
    frame_bytes: float
    #: MB of the socket process: with all sockets open, in the middle, at the end.
    memory: tuple[float, float, float]
    cpu: float  # of one core
    behind: int = 0
    gaps: int = 0
    resyncs: int = 0
    closed: int = 0
    #: By view, where the page with all frames differs from one that is drawn now; "" nowhere.
    differs: dict[str, str] = field(default_factory=dict)
    done: dict[str, int] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether nothing was lost."""
        lost = self.behind or self.gaps or self.resyncs or self.closed
        return not lost and not any(self.differs.values())


def main(arguments: Sequence[str] = ()) -> None:
    asked = _parsed(arguments)
    busy = crowded(asked.phones)
    with hub() as (port, server):
        played = play(busy, port, server.pid, **vars(asked))
    bare = broadcast(asked.phones, asked.displays, played.frame_bytes, asked.seconds)
    got, least = _cuts(played.waits), _cuts(bare)
    ground.table(
        f"A meeting: {asked.phones:,} telephones, {asked.displays} displays, "
        f"{played.actions:.0f} actions a second for {asked.seconds} s",
        ("what", "p50 ms", "p99 ms", "frames/s", "kB a frame"),
        [
            ("bare picows", *least, FRAMES_A_SECOND, f"{played.frame_bytes / 1000:.1f}"),
            ("action to display", *got, f"{played.frames:.1f}", f"{played.frame_bytes / 1000:.1f}"),
        ],
    )
    print(f"\np99 from an action to a display: {got[1]} ms (≤ 300)")
    print(f"most frames of the topic in a second: {played.most_in_a_second} (≤ 10 or 11)")
    begun, middle, end = played.memory
    print(f"memory of the socket process, MB: {begun:.0f} · {middle:.0f} · {end:.0f} (flat)")
    print(f"its share of one core: {played.cpu:.2f}")
    print(
        f"sockets behind {played.behind}, gaps {played.gaps}, resyncs {played.resyncs}, "
        f"closed {played.closed} (0, 0, 0, 0)"
    )
    for view, differs in played.differs.items():
        print(f"{view}: {differs or 'all frames put in = drawn now'}")
    print(f"done: {', '.join(f'{name} {number}' for name, number in played.done.items())}")


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench meetings")
    for name, number in (
        ("seconds", SECONDS),
        ("phones", PHONES),
        ("displays", DISPLAYS),
        ("rate", RATE),
    ):
        parser.add_argument(f"--{name}", type=int, default=number)
    return parser.parse_args(arguments)


def crowded(phones: int) -> BusyMeeting:
    """An announced meeting of a committee as large as a council, and those who take part."""
    body = factories.body("committee", members=0, membership=MEMBERS)
    for number in range(MEMBERS):
        surname, given, fathers = factories.NAMES[number % len(factories.NAMES)].split()
        name = f"{surname}-{number} {given} {fathers}"
        deputy = Deputy.objects.create(name=name, since=factories.LONG_AGO)
        Seat.objects.create(body=body, deputy=deputy, since=factories.LONG_AGO)
    meeting = factories.meeting(State.ANNOUNCED, kind="committee", of=body, items=ITEMS)
    residents = crowd.people(min(RESIDENTS, max(10, phones // 4)))
    members = factories.deputies(body)
    by = factories.secretary()
    return BusyMeeting(meeting, by=by, residents=residents, members=members)


def play(
    busy: BusyMeeting,
    port: int,
    pid: int,
    *,
    seconds: int,
    phones: int,
    displays: int,
    rate: int,
) -> Played:
    """Let everybody watch it, and the meeting happen; what each was told."""
    meeting, process = busy.meeting, psutil.Process(pid)
    seq = seq_of(meeting.topic)
    pages = {view: AppliedPage(_body(url, meeting), seq) for view, url in VIEWS.items()}
    url = f"ws://{ground.HOST}:{port}/live/{meeting.topic}/"
    sessions = crowd.sign_in(busy.residents)
    cookies = [f"{settings.SESSION_COOKIE_NAME}={key}" for key in sessions.values()]
    first = {"bare": False, "cookies": cookies, "seq": seq}
    with _readers(url, f"http://{ground.HOST}:{port}", phones, displays, first) as ask:
        for act in busy.before():
            act()
        for act in busy.seldom():
            act()
        time.sleep(SETTLING)
        ask("")
        memory, spent = [_memory(process)], sum(process.cpu_times()[:2])
        began, happened = time.monotonic(), []
        for number in range(seconds * rate):
            if number == seconds * rate // 2:
                memory.append(_memory(process))
            time.sleep(max(0.0, began + number / rate - time.monotonic()))
            moment = time.monotonic_ns()
            busy.act()
            happened.append((seq_of(meeting.topic), moment))
        lasted = time.monotonic() - began
        spent = sum(process.cpu_times()[:2]) - spent
        memory.append(_memory(process))
        told = _settled(ask, happened[-1][0])
        for act in busy.after():
            act()
        last = seq_of(meeting.topic)
        finally_told = _settled(ask, last)
        frames = ask("frames")
    return Played(
        waits=[wait for came in told["came"] for wait in _waits(happened, came)],
        actions=len(happened) / lasted,
        frames=told["drawn"][-1] / lasted,
        most_in_a_second=told["most_in_a_second"],
        frame_bytes=told["bytes"] / max(1, sum(told["drawn"])),
        memory=(memory[0], memory[1], memory[2]),
        cpu=spent / lasted,
        behind=sum(one != last for one in finally_told["seqs"]),
        gaps=finally_told["gaps"],
        resyncs=finally_told["resyncs"],
        closed=finally_told["closed"],
        differs={
            view: _differs(pages[view], frames[view], _body(VIEWS[view], meeting))
            for view in frames
        },
        done=dict(busy.done.most_common()),
    )


def broadcast(phones: int, displays: int, size: float, seconds: int) -> list[float]:
    """Milliseconds of a bare broadcast of frames of this size to as many sockets."""
    waits: list[float] = []
    with floor() as (port, server):
        url = f"ws://{ground.HOST}:{port}/"
        with _readers(url, "", phones, displays, {"bare": True}) as ask:
            for _each in range(min(FLOOR_SECONDS, seconds) * FRAMES_A_SECOND):
                began = time.monotonic_ns()
                assert server.stdin
                server.stdin.write(b"x" * int(size) + b"\n")
                server.stdin.flush()
                time.sleep(1 / FRAMES_A_SECOND)
                waits += [(at - began) / 1e6 for at in ask("")]
    return waits


def _settled(ask: Callable[[str], Any], last: int) -> dict[str, Any]:
    """What came to the readers, when all of them have been told of ``last``."""
    told: dict[str, Any] = ask("")
    deadline = time.monotonic() + PATIENCE
    while told["seqs"] != [last] and time.monotonic() < deadline:
        time.sleep(0.2)
        more = ask("")
        for name in ("drawn", "came"):
            more[name] = [one + other for one, other in zip(told[name], more[name], strict=True)]
        more["bytes"] += told["bytes"]
        more["most_in_a_second"] = max(told["most_in_a_second"], more["most_in_a_second"])
        told = more
    return told


def _waits(happened: Sequence[tuple[int, int]], came: Sequence[Sequence[int]]) -> Iterator[float]:
    """Of each action, how long until the first frame of a display that holds it."""
    seqs = [seq for seq, _at in came]
    for seq, moment in happened:
        place = bisect_left(seqs, seq)
        if place < len(came):
            yield (came[place][1] - moment) / 1e6


def _differs(page: AppliedPage, frames: Sequence[str], now: bytes) -> str:
    for frame in frames:
        page.take(json.loads(frame))
    return first_difference(page.regions(), regions_of(now))


def _body(url: str, meeting: Meeting) -> bytes:
    forget_pages()
    answer = Client(SERVER_NAME="127.0.0.1").get(url.format(meeting.pk), secure=True)
    assert answer.status_code == 200, (url, answer.status_code)
    body: bytes = answer.content
    return body


def _memory(process: psutil.Process) -> float:
    return float(process.memory_info().rss) / 2**20


def _cuts(waits: Sequence[float]) -> tuple[str, str]:
    cuts = statistics.quantiles(waits, n=100)
    return f"{cuts[49]:.0f}", f"{cuts[98]:.0f}"


@contextmanager
def _readers(
    url: str, origin: str, phones: int, displays: int, first: dict[str, Any]
) -> Iterator[Callable[[str], Any]]:
    """Telephones and displays; yields a function that asks what has come to them since."""
    command = [sys.executable, "-m", "benchmarks.meetings_ends", url, origin]
    process = subprocess.Popen(
        [*command, str(phones), str(displays)],
        cwd=ground.ROOT,
        env=os.environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        preexec_fn=_many_files,
    )

    def ask(what: str) -> Any:
        assert process.stdin and process.stdout
        process.stdin.write(what.encode() + b"\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    try:
        assert process.stdin and process.stdout
        process.stdin.write(json.dumps(first).encode() + b"\n")
        process.stdin.flush()
        if process.stdout.readline() != b"ready\n":
            raise SystemExit("the readers could not open their sockets")
        yield ask
    finally:
        process.kill()
        process.wait(20)
