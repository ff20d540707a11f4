"""Reading the main pages: a consultation, a petition, the polls, the first page.

Cold: each request is rendered (SHARED_PAGE_SECONDS=0). 304: the browser has the page. Warm: nothing
changes. Signed in: fifty residents in turn, each with a session of their own. Beside a bare view of
the same size behind the same middleware, in turns of a second or two: what others do on the machine
meanwhile slows all of them alike. The ratios are medians of the rounds.
"""

from __future__ import annotations

import os
import re
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

from accounts.models import User
from benchmarks import ground
from benchmarks.remarks import sign_in

SIZES = (50, 5000)
PETITIONS, SIGNATURES, READERS = 300, 20_000, 50
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "4"))
#: What is asked for, of a bare view.
COLD = {"consultation": 0.03, "petition": 0.05}
ASKED = {"304": 0.3, "warm": 0.25, "signed in": 0.15}


@dataclass
class Way:
    """A way to ask for a page, and what was measured of it, round by round."""

    name: str
    server: ground.Pages
    load: Callable[[int], dict[str, float]]
    rounds: list[dict[str, float]] = field(default_factory=list)
    pages: float = 0
    seconds: float = 0

    def measure(self, seconds: int) -> None:
        if not self.rounds:
            self.load(1)  # what is kept is kept now
        before = self.server.processor_seconds()
        got = self.load(seconds)
        self.seconds += self.server.processor_seconds() - before
        self.pages += got["rate"] * seconds
        self.rounds.append(got)

    def row(self, bare: Way, asked: float | None) -> tuple[object, ...]:
        shares = [
            got["rate"] / its["rate"] for got, its in zip(self.rounds, bare.rounds, strict=True)
        ]
        middle = {name: median(got[name] for got in self.rounds) for name in self.rounds[0]}
        return (
            self.name,
            f"{middle['rate']:.0f}",
            f"{middle['p50']:.1f}",
            f"{middle['p99']:.1f}",
            f"{1000 * self.seconds / self.pages:.2f}",
            "" if self is bare else f"{median(shares):.3f}",
            f"≥ {asked}" if asked else "",
            int(sum(got["errors"] for got in self.rounds)),
        )


def main() -> None:
    consultations = {size: ground.consultation_with(size) for size in SIZES}
    printed = ground.manage(
        *("loadtest_data", "--petitions", str(PETITIONS), "--signatures", str(SIGNATURES))
    )
    found = re.search(r"petition (\d+) petitions", printed)
    assert found, printed
    measure(
        {
            **{f"consultation, {size}": f"/consultations/{consultations[size]}/" for size in SIZES},
            "petition": f"/petitions/{found[1]}/",
            "polls": "/polls/",
            "home": "/",
        }
    )


def measure(pages: dict[str, str]) -> None:
    """The table, for the paths of the pages by name."""
    residents = User.objects.filter(is_active=True, is_staff=False, email__startswith="scale-")
    cookies = [sign_in(user)[0] for user in residents[:READERS]]
    rows: list[tuple[object, ...]] = []
    cold: dict[str, float] = {}
    with ground.pages(SHARED_PAGE_SECONDS="0") as never_kept, ground.pages() as kept:
        for name, path in pages.items():
            ways = _ways(name, path, never_kept, kept, cookies)
            for _round in range(ROUNDS):
                for way in ways:
                    way.measure(max(1, ground.SECONDS // ROUNDS))
            bare = ways[0]
            for way in ways:
                asked = ASKED.get(way.name.rpartition(": ")[2])
                if way.server is never_kept:
                    asked = COLD.get(name.partition(",")[0])
                    cold[name] = median(got["rate"] for got in way.rounds)
                rows.append(way.row(bare, asked))
    ground.table(
        f"Reading pages (granian, 2 workers × 1 thread; wrk, 8 connections; {ROUNDS} rounds)",
        ("page", "pages/s", "p50 ms", "p99 ms", "CPU ms", "of bare", "asked for", "errors"),
        rows,
    )
    few, many = (cold[f"consultation, {size}"] for size in SIZES)
    print(f"\ncold with {SIZES[1]} remarks beside {SIZES[0]}: {many / few:.2f}")


def _ways(
    name: str, path: str, never_kept: ground.Pages, kept: ground.Pages, cookies: list[str]
) -> list[Way]:
    """The bare view first."""
    with urllib.request.urlopen(kept + path) as answer:  # noqa: S310 - our own server
        size, etag = len(answer.read()), answer.headers["ETag"]

    def way(
        what: str, server: ground.Pages, asked: str, *headers: str, by: Sequence[str] = ()
    ) -> Way:
        def load(seconds: int) -> dict[str, float]:
            return ground.load(server + asked, *headers, cookies=by, seconds=seconds, warm_up=0)

        return Way(what, server, load)

    return [
        way(f"bare view, {size} bytes", kept, f"/bare/{size}/"),
        way(f"{name}: cold", never_kept, path),
        way(f"{name}: 304", kept, path, f"If-None-Match: {etag}"),
        way(f"{name}: warm", kept, path),
        way(f"{name}: signed in", kept, path, by=cookies),
    ]
