"""Verification of ledgers: chain and sums of lines, removals, rows, heads of days, hours.

Everything here is checked from what is stored, in bounded memory; nothing is written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby

from django.db import connection, transaction

from core.domain import clock
from core.domain.calendar import local_date
from core.domain.chain import BEGINNING, canonical, fingerprint, moment
from petitions.ledger.actions import SETTLED
from petitions.ledger.chain import (
    HELD,
    REMOVED,
    REVERSED,
    SIGNED,
    UNEXPLAINED,
    Numbers,
    comes_from_signers,
    holds_back,
    read_heads,
)
from petitions.ledger.hours import HOUR, begin_of_hour, head_so_far
from petitions.ledger.queries import heads_between, heads_of
from petitions.models import Day, Entry, Hour, Removal
from petitions.sql import sql

_CHUNK = 2000


@dataclass(slots=True)
class _Read:
    """Content of one ledger's lines."""

    total: Numbers = field(default_factory=Numbers)
    head: str = BEGINNING
    number: int = 0
    #: (removal, what) -> number of signatures, rule, reason.
    told: dict[tuple[int, str], tuple[int, str, str]] = field(default_factory=dict)


def faults(petition_id: int | None = None) -> Iterator[str]:
    """Faults, one sentence each: of one petition's ledger, or of all and the days.

    It reads one state of the database (REPEATABLE READ), so signing and counting may go on.
    """
    whole = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if whole:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield from _faults(petition_id)


def _faults(petition_id: int | None) -> Iterator[str]:
    only = {} if petition_id is None else {"petition": petition_id}
    rows = _rows(petition_id)
    removals: dict[int, list[Removal]] = {}
    for removal in Removal.objects.filter(**only).order_by("pk"):
        removals.setdefault(removal.petition_id, []).append(removal)
    entries = Entry.objects.filter(**only).order_by("petition", "number").iterator(_CHUNK)
    for petition, own in groupby(entries, key=lambda entry: entry.petition_id):
        read = _Read()
        yield from (f"petition {petition}, {fault}" for fault in _lines(own, read))
        of_staff = removals.pop(petition, [])
        yield from (f"petition {petition}: {fault}" for fault in _removals(of_staff, read))
        if not comes_from_signers(rows.pop(petition, Numbers()) - read.total):
            yield f"petition {petition}: the rows do not add up to the ledger"
    for petition in sorted(removals):
        yield f"petition {petition}: signatures were removed, and it has no ledger"
    for petition, found in sorted(rows.items()):
        if not comes_from_signers(found):
            yield f"petition {petition}: the rows do not add up to the ledger"
    yield from _days(petition_id)
    yield from hour_faults(petition_id)


def _lines(entries: Iterator[Entry], read: _Read) -> Iterator[str]:
    for entry in entries:
        where = f"line {entry.number}"
        if entry.number != read.number + 1:
            yield f"{where}: line {read.number + 1} is missing"
        if entry.hash != fingerprint(entry.body):
            yield f"{where}: the text is not the one that was hashed"
        yield from (f"{where}: {fault}" for fault in _line(entry, read))
        read.number, read.head = entry.number, entry.hash


def _line(entry: Entry, read: _Read) -> Iterator[str]:
    try:
        said = json.loads(entry.body)
        change, total = Numbers.read(said["change"]), Numbers.read(said["total"])
        names = (said["petition"], said["number"], said["previous"], said["at"])
    except (ValueError, KeyError, TypeError):
        yield "it cannot be read"
        return
    if canonical(said) != entry.body:
        yield "it is not written canonically"
    if names != (entry.petition_id, entry.number, entry.previous, moment(entry.at)):
        yield "its columns say something else than its text"
    if said["previous"] != read.head:
        yield "it does not continue the line before"
    if read.total + change != total:
        yield "its sums do not follow from the line before"
    what = said.get("what")
    if what == UNEXPLAINED or (what == SIGNED and not comes_from_signers(change)):
        yield "numbers changed, and nobody signed, took back or removed anything"
    if what == HELD and not holds_back(change):
        yield "signatures were held back for a check, and the numbers say something else"
    if what in (REMOVED, REVERSED):
        told = (abs(change.removed), said.get("rule", ""), said.get("reason", ""))
        read.told[said.get("removal", 0), what] = told
    read.total = total


def _removals(removals: list[Removal], read: _Read) -> Iterator[str]:
    told = dict(read.told)
    for removal in removals:
        found = told.pop((removal.pk, REMOVED), None)
        if found != (removal.number, removal.rule, removal.reason):
            yield f"removal {removal.pk} is not in the ledger as it was made"
        reversal = told.pop((removal.pk, REVERSED), None)
        if removal.reversed_at is None:
            if reversal is not None:
                yield f"removal {removal.pk} was not reversed, as the ledger says"
        elif reversal is None or reversal[2] != removal.reversed_reason:
            yield f"the reversal of removal {removal.pk} is not in the ledger as it was made"
    for removal_id, _what in sorted(told):
        yield f"the ledger tells of removal {removal_id}, which there is not"


_NUMBERS = """
SELECT petition_id,
       count(*) FILTER (WHERE status = {COUNTED}), count(*) FILTER (WHERE status = {CHECKING}),
       count(*) FILTER (WHERE status = {REMOVED}), count(*) FILTER (WHERE status = {WITHDRAWN})
FROM {Signature}
"""
_OF_ALL = sql(_NUMBERS + "GROUP BY 1")
_OF_ONE = sql(_NUMBERS + "WHERE petition_id = %(petition)s GROUP BY 1")


def _rows(petition_id: int | None) -> dict[int, Numbers]:
    """The numbers of each petition's rows: one query over the index."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_ALL if petition_id is None else _OF_ONE, {"petition": petition_id})
        return {petition: Numbers(*found) for petition, *found in cursor.fetchall()}


def _days(only: int | None) -> Iterator[str]:
    previous, expected = BEGINNING, None
    for day in Day.objects.order_by("day").iterator(_CHUNK):
        where = f"day {day.day}"
        if expected is not None and day.day != expected:
            yield f"{where}: the day before it is missing"
        if day.hash != fingerprint(day.body):
            yield f"{where}: the text is not the one that was hashed"
        if day.previous != previous:
            yield f"{where}: it does not continue the day before"
        yield from (f"{where}: {fault}" for fault in _day(day, only))
        previous, expected = day.hash, day.day + timedelta(days=1)


def _day(day: Day, only: int | None) -> Iterator[str]:
    """Whether it says what the ledgers say of it now."""
    try:
        said = json.loads(day.body)
        heads = read_heads(said["heads"])
        names = (said["day"], said["previous"])
    except (ValueError, KeyError, TypeError, AttributeError):
        yield "it cannot be read"
        return
    if names != (day.day.isoformat(), day.previous) or canonical(said) != day.body:
        yield "its columns say something else than its text"
    found = heads_of(day.day)
    for petition in sorted({*heads, *found} if only is None else {only} & {*heads, *found}):
        if heads.get(petition) != found.get(petition):
            yield f"it was closed with another ledger of petition {petition}"


_HOURS_AT_ONCE = 500
#: The job that closes hours may be so late.
PATIENCE = timedelta(minutes=30)


def hour_faults(only: int | None) -> Iterator[str]:
    """Faults, one sentence each; ``only``: of one petition's ledger."""
    previous, expected = BEGINNING, None
    for hour in Hour.objects.order_by("hour").iterator(_HOURS_AT_ONCE):
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
        yield _describe_change(petition, heads.get(petition))
    if only is None and not other:
        yield from _head(hour, head)


def _describe_change(petition: int, head: tuple[int, str] | None) -> str:
    """Describe the change of a petition's ledger since its hour was closed."""
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
