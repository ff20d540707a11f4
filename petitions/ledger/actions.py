"""Writing to the ledger: batches of what signers did, lines of what staff did, heads of days.

The row of Total is each ledger's turn: whoever appends holds it, and whoever counts holds it from
before the counting on. It is locked before the petition itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q

from core.domain import clock
from core.domain.calendar import local_date
from core.domain.chain import BEGINNING, fingerprint
from petitions.ledger.chain import (
    SIGNED,
    UNEXPLAINED,
    Numbers,
    comes_from_signers,
    day_line,
    entry_line,
)
from petitions.ledger.queries import heads_of, last_entries, total_of
from petitions.models import Day, Entry, Signature, Total

#: A batch of signatures is one line; the next one comes this much later at the earliest.
BATCH = timedelta(minutes=1)
#: How far back Totals are looked for whose batch was put off.
LATE = timedelta(hours=1)
#: A day is closed this long after its midnight, when whatever began on it has ended.
SETTLED = timedelta(minutes=5)


def append(petition_ids: Collection[int]) -> int:
    """Write down what signers did to these petitions since their last lines. The recount calls it
    in its transaction, with the Totals that it has just written under their lock.

    Nothing is written where nothing changed, nor within BATCH of a batch before: ``append_late``
    does that. Returns how many lines. Four statements, however many petitions.
    """
    with transaction.atomic():
        totals = Total.objects.select_for_update().filter(petition__in=petition_ids)
        return _append(
            {
                total.pk: Numbers(total.counted, total.checking, total.removed, total.withdrawn)
                for total in totals.order_by("pk")
            },
            wait=True,
        )


def append_late(most: int = 1000) -> int:
    """Write the batches that ``append`` has put off; a job calls it every minute."""
    recent = Total.objects.filter(at__gt=clock.now() - LATE).order_by("-at")
    return append(list(recent.values_list("pk", flat=True)[:most]))


def take_turn(petition_id: int) -> None:
    """Hold the petition's ledger until the transaction ends; before its own lock is taken."""
    turn = Total.objects.select_for_update().filter(pk=petition_id)
    if turn.first() is None:
        Total.objects.bulk_create([Total(petition_id=petition_id)], ignore_conflicts=True)
        turn.get()


def catch_up(petition_id: int) -> None:
    """Write down at once what signers have done so far, counted from the rows: before staff change
    any of them. In a turn, and under the petition's lock."""
    _append({petition_id: count(petition_id)}, wait=False)


def note(petition_id: int, what: str, change: Numbers, **facts: Any) -> Entry:
    """Write down what staff did, in its transaction and turn: by how much it changed the numbers,
    and what everybody may know of it (``removal``, ``rule``, ``reason``).

    Total says so at once: ``catch_up`` has counted the rows that were changed.
    """
    last = last_entries([petition_id]).get(petition_id)
    entry = _entry(petition_id, last, what, change, clock.now(), facts)
    entry.save(force_insert=True)
    Total.objects.filter(pk=petition_id).update(**asdict(total_of(last) + change))
    return entry


def count(petition_id: int) -> Numbers:
    """The numbers of its rows now: one query."""
    found = Signature.objects.filter(petition=petition_id).aggregate(
        **{status.name.lower(): Count("pk", filter=Q(status=status)) for status in Signature.Status}
    )
    return Numbers(**found)


def close_days() -> int:
    """Publish the head of each day in Kyiv that is over and has none yet; returns how many.

    Days follow one another without a gap from the first on which any ledger was written.
    """
    with transaction.atomic():
        today = local_date(clock.now() - SETTLED)
        last = Day.objects.select_for_update().order_by("-day").first()
        first = Entry.objects.order_by("at").values_list("at", flat=True).first()
        day = last.day + timedelta(days=1) if last else local_date(first) if first else today
        previous = last.hash if last else BEGINNING
        made = []
        while day < today:
            body = day_line(day, heads=heads_of(day), previous=previous)
            made.append(Day(day=day, body=body, previous=previous, hash=fingerprint(body)))
            previous, day = made[-1].hash, day + timedelta(days=1)
        Day.objects.bulk_create(made)
        return len(made)


def _append(numbers: Mapping[int, Numbers], *, wait: bool) -> int:
    now = clock.now()
    last = last_entries(numbers)
    made = []
    for petition_id, found in numbers.items():
        before = last.get(petition_id)
        change = found - total_of(before)
        if not change or (wait and before and before.at > now - BATCH):
            continue
        what = SIGNED if comes_from_signers(change) else UNEXPLAINED
        made.append(_entry(petition_id, before, what, change, now, {}))
    Entry.objects.bulk_create(made)
    return len(made)


def _entry(
    petition_id: int,
    last: Entry | None,
    what: str,
    change: Numbers,
    now: datetime,
    facts: dict[str, Any],
) -> Entry:
    at, number = now.replace(microsecond=0), last.number + 1 if last else 1
    previous = last.hash if last else BEGINNING
    body = entry_line(
        petition_id,
        number,
        at=at,
        what=what,
        change=change,
        total=total_of(last) + change,
        previous=previous,
        facts=facts,
    )
    return Entry(
        petition_id=petition_id,
        number=number,
        at=at,
        body=body,
        previous=previous,
        hash=fingerprint(body),
    )
