"""Reading petitions without a session, among 10,000 of them with a million signatures.

The page of the most signed one beside a bare view of the same size; the list, its tabs and its
search. Cold: each request is rendered (SHARED_PAGE_SECONDS=0). Warm: nothing changes. All behind
the same middleware, on the same server, in the same run.
"""

from __future__ import annotations

import re
import urllib.request
from urllib.parse import quote

from benchmarks import ground

PETITIONS, SIGNATURES = 10_000, 1_000_000
#: What is asked for: pages/s cold, the share of a bare view warm, ms of the slowest in a hundred.
COLD, WARM, SLOWEST = 130, 0.25, 100

#: Below /petitions/; words in a form other than the texts', and some that nothing has.
LISTS = {
    "list": "",
    "list, all of them": "?state=all",
    "list, closing soonest": "?sort=soon",
    "list, most signatures": "?state=all&sort=signed",
    "search, many found": f"?state=all&q={quote('вулиці')}",
    "search, two words": f"?state=all&q={quote('ремонту дорогами')}",
    "search, a slip": f"?state=all&q={quote('ремотн дорги')}",
}
#: Of them, those that are also asked for by four readers a worker at once.
CROWDED = ("list", "search, many found")


def main() -> None:
    printed = ground.manage(
        "loadtest_data", "--petitions", str(PETITIONS), "--signatures", str(SIGNATURES)
    )
    found = re.search(r"petition (\d+) petitions", printed)
    assert found, printed
    measure(int(found[1]))


def measure(number: int) -> None:
    """The table, for the petition of that id."""
    page = f"/petitions/{number}/"
    rows: list[tuple[object, ...]] = []
    with ground.pages(SHARED_PAGE_SECONDS="0") as base:
        rows.append(_row("page, cold", ground.load(base + page), f"≥ {COLD}/s"))
        for name, query in LISTS.items():
            # A reader a worker: what one waits, not what is left when all want it at once.
            got = ground.load(f"{base}/petitions/{query}", connections=2)
            rows.append(_row(f"{name}, cold", got, f"p99 ≤ {SLOWEST} ms"))
        for name in CROWDED:
            got = ground.load(f"{base}/petitions/{LISTS[name]}")
            rows.append(_row(f"{name}, cold, 8 at once", got, f"p99 ≤ {SLOWEST} ms"))
        rows.append(_row("share card, cold", ground.load(f"{base}{page}card.png"), ""))
    with ground.pages() as base:
        length = _size(base + page)
        bare = ground.load(f"{base}/bare/{length}/")
        warm = ground.load(base + page)
        share = f"{warm['rate'] / bare['rate']:.2f} of bare, ≥ {WARM}"
        rows.append(_row(f"bare view, {length} bytes", bare, ""))
        rows.append(_row("page, warm", warm, share))
        rows.append(_row("list, warm", ground.load(f"{base}/petitions/"), ""))
    ground.table(
        f"Reading petitions: {PETITIONS:,} with {SIGNATURES:,} signatures"
        " (granian, 2 workers × 1 thread; wrk, 8 connections; cold lists 2)",
        ("page", "pages/s", "p50 ms", "p99 ms", "errors", "asked for"),
        rows,
    )


def _size(address: str) -> int:
    with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own server
        return len(answer.read())


def _row(name: str, got: dict[str, float], promise: str) -> tuple[object, ...]:
    figures = (f"{got['rate']:.0f}", f"{got['p50']:.1f}", f"{got['p99']:.1f}")
    return (name, *figures, int(got["errors"]), promise)
