"""Notices about a consultation, with recipients and times: apps above say it, for they send the
mails.

Staff read the list, by account. In the record stand counts alone, by hour and kind of mail
(``count_notices``): they outlive the list, which goes after its term and with erased accounts.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from consultations.evidence.spoken import subject_of
from consultations.models import Consultation
from core.audit_log.records import Thing, facts
from core.domain import clock
from core.domain.actions import action
from core.domain.audit import enter
from core.models import AuditRecord

NOTICE = "notice"
#: The event of entries whose rows are counts of an hour.
COUNTED = "NoticesCounted"
#: How far back hours are looked for that have no row yet.
BACK = timedelta(days=2)
#: Which hours the tables are compared with: those before have begun to lose what is past its term.
COMPARED = timedelta(days=1)
#: A mail's row is committed so soon after its moment.
SETTLED = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Notice:
    """A mail that went to a person."""

    at: datetime
    event: str
    user_id: int
    public_name: str


@dataclass(frozen=True, slots=True)
class Count:
    """Number of mails of a kind that went out about a consultation within an hour (its
    beginning).
    """

    consultation_id: int
    hour: datetime
    template: str
    number: int


type Source = Callable[[int], Iterator[Notice]]
type CountSource = Callable[[datetime, datetime], Iterable[Count]]
#: (consultation, hours since the epoch) -> template -> how many.
type Hours = dict[tuple[int, int], dict[str, int]]
_sources: list[Source] = []
_count_sources: list[CountSource] = []


def evidence_source(source: Source) -> Source:
    """Register a function that tells the notices of a consultation, by its id (a decorator)."""
    if source not in _sources:
        _sources.append(source)
    return source


def count_source(source: CountSource) -> CountSource:
    """Register a function that counts the notices of all consultations from one moment to another,
    by the hour (a decorator)."""
    if source not in _count_sources:
        _count_sources.append(source)
    return source


def notices_of(consultation_id: int) -> Iterator[Notice]:
    """All that were sent, as far as it is known."""
    for source in _sources:
        yield from source(consultation_id)


def count_notices() -> int:
    """Enter the counts of finished hours that have no row yet; returns how many rows were written.

    What an hour's row says is never changed: a count that differs later is a fault.
    """
    until = _begin_of_hour(clock.now() - SETTLED)
    found = _count_mails(until - BACK, until)
    recorded = _recorded_hours(until - BACK)
    public = Consultation.objects.filter(announced_at__isnull=False)
    public = public.filter(pk__in={pk for pk, _hour in found})
    announced = set(public.values_list("pk", flat=True))
    missing = [key for key in sorted(found) if key[0] in announced and key not in recorded]
    by_consultation = defaultdict(list)
    for pk, hour in missing:
        by_consultation[pk].append(_thing(subject_of(pk), hour, found[pk, hour]))
    with action():
        for pk, rows in by_consultation.items():
            enter(COUNTED, by_id=None, ids={"consultation_id": pk}, rows=rows)
    return len(missing)


def counted_things(of: str) -> Iterator[Thing]:
    """The hours of a procedure as the record holds them: nothing else knows them for so long."""
    rows = AuditRecord.objects.filter(of=of, kind=NOTICE).order_by("number", "-pk")
    for line in rows.distinct("number").values_list("line", flat=True).iterator(500):
        said = json.loads(line)
        yield Thing(of, NOTICE, said["number"], said["facts"])


class MadeUp:
    """Hours of the last day of which the tables hold more mails than the record says: the
    comparison finds them. Fewer are no fault: with an account that is erased its mails go.

    All procedures are counted at once, when the first is asked about: a comparison of many counts
    the mails of a day once.
    """

    def __init__(self) -> None:
        self._found: dict[str, list[Thing]] | None = None

    def things(self, of: str) -> list[Thing]:
        """The hours of one procedure, as the tables say them."""
        if self._found is None:
            self._found = self._read()
        return self._found.get(of, [])

    def _read(self) -> dict[str, list[Thing]]:
        until = _begin_of_hour(clock.now() - SETTLED)
        recorded = _recorded_hours(until - COMPARED)
        found: dict[str, list[Thing]] = defaultdict(list)
        counted = _count_mails(until - COMPARED, until) if recorded else {}
        for key, counts in sorted(counted.items()):
            said = recorded.get(key)
            if said is not None and any(n > said.get(kind, 0) for kind, n in counts.items()):
                of = subject_of(key[0])
                found[of].append(_thing(of, key[1], counts))
        return found


def _count_mails(since: datetime, until: datetime) -> Hours:
    hours: Hours = defaultdict(dict)
    for source in _count_sources:
        for each in source(since, until):
            counts = hours[each.consultation_id, _number(each.hour)]
            counts[each.template] = counts.get(each.template, 0) + each.number
    return hours


def _recorded_hours(since: datetime) -> Hours:
    """Recorded hours since then. One query."""
    rows = AuditRecord.objects.filter(kind=NOTICE, number__gte=_number(since))
    rows = rows.filter(of__startswith=subject_of(0)[:-1])
    last = rows.order_by("of", "number", "-pk").distinct("of", "number")
    return {
        (_id(subject), number): json.loads(line)["facts"]["counts"]
        for subject, number, line in last.values_list("of", "number", "line").iterator(500)
    }


def _id(of: str) -> int:
    return int(of.partition(":")[2])


def _thing(of: str, hour: int, counts: dict[str, int]) -> Thing:
    begins = datetime.fromtimestamp(hour * 3600, UTC)
    return Thing(of, NOTICE, hour, {**facts(hour=begins), "counts": counts})


def _number(hour: datetime) -> int:
    return int(hour.timestamp()) // 3600


def _begin_of_hour(at: datetime) -> datetime:
    return datetime.fromtimestamp(_number(at) * 3600, UTC)
