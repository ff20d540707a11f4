"""Do the hours hold? Their chain, the ledgers that they name, and the heads of their days."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

from core.domain import clock
from core.domain.calendar import local_date
from petitions.ledger.actions import SETTLED
from petitions.ledger.chain import (
    BEGINNING,
    canonical,
    fingerprint,
    moment,
    read_heads,
)
from petitions.ledger.hours import HOUR, begin_of_hour, head_so_far
from petitions.ledger.reading import heads_between
from petitions.models import Day, Entry, Hour

_CHUNK = 500
#: The job that closes hours may be so late.
PATIENCE = timedelta(minutes=30)


def hour_faults(only: int | None) -> Iterator[str]:
    """What does not hold, one sentence each; ``only``: of one petition's ledger."""
    previous, expected = BEGINNING, None
    for hour in Hour.objects.order_by("hour").iterator(_CHUNK):
        where = f"hour {moment(hour.hour)}"
        if expected is not None and hour.hour != expected:
            yield f"{where}: the hour before it is missing"
        if hour.hash != fingerprint(hour.body):
            yield f"{where}: the text is not the one that was hashed"
        if hour.previous != previous:
            yield f"{where}: it does not continue the hour before"
        yield from (f"{where}: {fault}" for fault in _hour(hour, only))
        previous, expected = hour.hash, hour.hour + HOUR
    if expected and expected < begin_of_hour(clock.now() - SETTLED - PATIENCE):
        yield f"hour {moment(expected)}: it is over, and is missing with all that follow"


def _hour(hour: Hour, only: int | None) -> Iterator[str]:
    try:
        said = json.loads(hour.body)
        heads = read_heads(said["heads"])
        names = (said["hour"], said["day"], said["previous"])
        head = said["head"]
    except (ValueError, KeyError, TypeError, AttributeError):
        yield "it cannot be read"
        return
    columns = (moment(hour.hour), local_date(hour.hour).isoformat(), hour.previous)
    if names != columns or canonical(said) != hour.body:
        yield "its columns say something else than its text"
    found = heads_between(hour.hour, hour.hour + HOUR)
    other = {one for one in {*heads, *found} if heads.get(one) != found.get(one)}
    for petition in sorted(other if only is None else other & {only}):
        yield _told(petition, heads.get(petition))
    if only is None and not other:
        yield from _head(hour, head)


def _told(petition: int, head: tuple[int, str] | None) -> str:
    """What happened to the ledger of a petition since its hour was closed."""
    number = head[0] if head else 0
    there = Entry.objects.filter(petition=petition, number=number).exists()
    if number and not there:
        last = Entry.objects.filter(petition=petition).order_by("-number").first()
        rest = f"it ends with line {last.number}" if last else "nothing of it is left"
        return f"the ledger of petition {petition} had line {number} then, and {rest}: it was cut"
    return f"it was closed with another ledger of petition {petition}"


def _head(hour: Hour, head: str) -> Iterator[str]:
    """Whether it names its day's head so far; the day's own, where it is the last one."""
    day = local_date(hour.hour)
    if head != head_so_far(hour.hour):
        yield f"the head of {day} was another one then"
    elif local_date(hour.hour + HOUR) != day:
        own = Day.objects.filter(day=day).values_list("hash", flat=True).first()
        if own != head:
            yield f"the head of {day} is not the one that its last hour names"
