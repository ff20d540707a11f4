"""Reading a consultation's page without a session, beside a bare view of the same size.

Cold: each request is rendered (SHARED_PAGE_SECONDS=0). Warm: nothing changes. 304: the browser
has it. All behind the same middleware, on the same server, in the same run.
"""

from __future__ import annotations

import urllib.request

from benchmarks import ground

SIZES = (50, 5000)


def main() -> None:
    numbers = {size: ground.consultation_with(size) for size in SIZES}
    rows = []
    cold = {}
    with ground.pages(SHARED_PAGE_SECONDS="0") as base:
        for size, number in numbers.items():
            cold[size] = ground.load(f"{base}/consultations/{number}/")
            rows.append(_row(f"cold, {size} remarks", cold[size], _size(base, number), None))
    with ground.pages() as base:
        length = _size(base, numbers[SIZES[-1]])
        bare = ground.load(f"{base}/bare/{length}/")
        rows.insert(0, _row("bare view", bare, length, None))
        for size, number in numbers.items():
            url = f"{base}/consultations/{number}/"
            warm = ground.load(url)
            rows.append(_row(f"warm, {size} remarks", warm, _size(base, number), bare))
        with urllib.request.urlopen(url) as answer:  # noqa: S310 - our own server
            etag = answer.headers["ETag"]
        not_modified = ground.load(url, f"If-None-Match: {etag}")
        rows.append(_row(f"304, {size} remarks", not_modified, 0, bare))
    ground.table(
        "Reading a consultation (granian, 2 workers × 1 thread; wrk, 8 connections)",
        ("page", "pages/s", "p50 ms", "p99 ms", "bytes", "of bare", "errors"),
        rows,
    )
    few, many = (cold[size]["rate"] for size in SIZES)
    print(f"\ncold with {SIZES[1]} remarks beside {SIZES[0]}: {many / few:.2f}")


def _size(base: str, number: int) -> int:
    with urllib.request.urlopen(f"{base}/consultations/{number}/") as answer:  # noqa: S310 - ours
        return len(answer.read())


def _row(
    name: str, got: dict[str, float], size: int, bare: dict[str, float] | None
) -> tuple[object, ...]:
    ratio = f"{got['rate'] / bare['rate']:.2f}" if bare else ""
    return (
        name,
        f"{got['rate']:.0f}",
        f"{got['p50']:.1f}",
        f"{got['p99']:.1f}",
        size,
        ratio,
        int(got["errors"]),
    )
