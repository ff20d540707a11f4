"""What a search costs with 100,000 entries, most of them remarks: CPU of PostgreSQL and of Python.

The words are those of people's remarks, so that common ones stand in many thousands of entries.
Asked for: at most 50 ms of CPU in PostgreSQL, whatever is looked for. BENCH_ENTRIES: how many.
"""

from __future__ import annotations

import os
import time
from datetime import timedelta
from statistics import median

import psutil
from django.db import connection

from benchmarks import ground
from core.db.search import document
from core.domain import clock
from core.domain.calendar import local_date
from search.models import Entry
from search.views import look_for
from tests.honest_remarks import honest

ENTRIES = int(os.environ.get("BENCH_ENTRIES", "100000"))
TIMES = 20
#: Milliseconds of PostgreSQL's CPU that are asked for.
ASKED = 50
_TITLED = {"petitions": 80, "polls": 80, "consultations": 90, "news": 50}
#: What is looked for, and why.
_WORDS = {
    "a common word": "місто",
    "a word of many synonyms": "маршрутка",
    "two common words": "ремонт дороги",
    "a question": "де можна припаркувати машину біля школи",
    "a slip": "паркуваня",
    "a name that nothing has": "Криваручченко",
    "the other layout": "fdnj,ec",
}


def main() -> None:
    _fill()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = psutil.Process(cursor.fetchone()[0])
    say = ground.lines(
        f"A search over {Entry.objects.count()} entries ({TIMES} times each; asked: {ASKED} ms)",
        ("what", "found", "PostgreSQL’s CPU ms", "Python’s CPU ms"),
        (28, 8, 20, 16),
    )
    for name, words in _WORDS.items():
        look_for(words)
        figures = [_measure(words, server) for _time in range(TIMES)]
        found = sum((look_for(words)[1].counts or {}).values())
        say(name, found, *(f"{median(each):.1f}" for each in zip(*figures, strict=True)))


def _measure(words: str, server: psutil.Process) -> tuple[float, float]:
    """The kernel counts a process's CPU in steps of 10 ms: ten searches are one measurement."""
    before, began = server.cpu_times(), time.process_time()
    for _time in range(10):
        look_for(words)
    after, spent = server.cpu_times(), time.process_time() - began
    used = after.user + after.system - before.user - before.system
    return used * 100, spent * 100


def _fill() -> None:
    """A tenth has titles; the lemmas of a thousand texts are told again and again."""
    texts = honest(1000)
    bodies = [document(B=text) for text in texts]
    titled = [document(A=text[:80], B=text) for text in texts]
    heads = [document(A=text[:80]) for text in texts]
    kinds = list(_TITLED)
    today = local_date(clock.now())
    for start in range(0, ENTRIES, 5000):
        rows = []
        for number in range(start, min(start + 5000, ENTRIES)):
            place = number * 7919 % len(texts)
            kind = kinds[number // 10 % len(kinds)] if number % 10 == 0 else "remarks"
            has_title = kind != "remarks"
            rows.append(
                Entry(
                    kind=kind,
                    object_id=number + 1,
                    title=texts[place][:80] if has_title else "",
                    search=titled[place] if has_title else bodies[place],
                    heads=heads[place] if has_title else "",
                    day=today - timedelta(days=number % 1500),
                    weight=_TITLED.get(kind, 0),
                )
            )
        Entry.objects.bulk_create(rows, batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE search_entry")


if __name__ == "__main__":
    main()
