"""Reading the main pages: a consultation, a petition, the polls, the first page.

Beside a bare view of the same size behind the same middleware, on the same server, in the same run.
Cold: each request is rendered (SHARED_PAGE_SECONDS=0). Warm: nothing changes. 304: the browser has
it. Signed in: fifty residents in turn, each with a session of their own.
"""

from __future__ import annotations

import re
import urllib.request

from accounts.models import User
from benchmarks import ground
from benchmarks.remarks import sign_in

SIZES = (50, 5000)
PETITIONS, SIGNATURES, READERS = 300, 20_000, 50
#: What is asked for, of a bare view.
COLD = {"consultation": 0.03, "petition": 0.05}
WARM, NOT_MODIFIED, SIGNED_IN = 0.25, 0.3, 0.15


def main() -> None:
    consultations = {size: ground.consultation_with(size) for size in SIZES}
    printed = ground.manage(
        *("loadtest_data", "--petitions", str(PETITIONS), "--signatures", str(SIGNATURES))
    )
    found = re.search(r"petition (\d+) petitions", printed)
    assert found, printed
    pages = {
        **{f"consultation, {size}": f"/consultations/{consultations[size]}/" for size in SIZES},
        "petition": f"/petitions/{found[1]}/",
        "polls": "/polls/",
        "home": "/",
    }
    measure(pages)


def measure(pages: dict[str, str]) -> None:
    """The table, for the paths of the pages by name."""
    residents = User.objects.filter(is_active=True, is_staff=False, email__startswith="scale-")
    cookies = [sign_in(user)[0] for user in residents[:READERS]]
    rows: list[tuple[object, ...]] = []
    cold: dict[str, float] = {}
    with ground.pages(SHARED_PAGE_SECONDS="0") as never_kept, ground.pages() as base:
        for name, path in pages.items():
            with urllib.request.urlopen(base + path) as answer:  # noqa: S310 - our own server
                size, etag = len(answer.read()), answer.headers["ETag"]
            # Side by side: what others do on the machine meanwhile slows all of them alike.
            measured = {
                "cold": (ground.load(never_kept + path), COLD.get(name.partition(",")[0])),
                "304": (ground.load(base + path, f"If-None-Match: {etag}"), NOT_MODIFIED),
                "bare": (ground.load(f"{base}/bare/{size}/"), None),
                "warm": (ground.load(base + path), WARM),
                "signed in": (ground.load(base + path, cookies=cookies), SIGNED_IN),
            }
            bare, _nothing = measured.pop("bare")
            cold[name] = measured["cold"][0]["rate"]
            rows.append(_row(f"bare view, {size} bytes", bare))
            rows += [
                _row(f"{name}: {way}", got, bare, asked) for way, (got, asked) in measured.items()
            ]
    ground.table(
        "Reading pages (granian, 2 workers × 1 thread; wrk, 8 connections)",
        ("page", "pages/s", "p50 ms", "p99 ms", "of bare", "asked for", "errors"),
        rows,
    )
    few, many = (cold[f"consultation, {size}"] for size in SIZES)
    print(f"\ncold with {SIZES[1]} remarks beside {SIZES[0]}: {many / few:.2f}")


def _row(
    name: str,
    got: dict[str, float],
    bare: dict[str, float] | None = None,
    asked: float | None = None,
) -> tuple[object, ...]:
    return (
        name,
        f"{got['rate']:.0f}",
        f"{got['p50']:.1f}",
        f"{got['p99']:.1f}",
        f"{got['rate'] / bare['rate']:.3f}" if bare else "",
        f"≥ {asked}" if asked else "",
        int(got["errors"]),
    )
