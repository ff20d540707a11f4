"""Speaking time of each faction and person in a meeting, and the time left for an item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from meetings.models import Item, LogEntry, Meeting, Speaker
from meetings.pauses.words import duration

_Kind = LogEntry.Kind
_NONE = timedelta()


@dataclass(frozen=True, slots=True)
class Total:
    """Speaking time of one faction, or one person; ``faction``: None for people of none."""

    name: str
    spoken: timedelta
    speeches: int
    people: Sequence[Total] = ()

    @property
    def time(self) -> str:
        """In words."""
        return duration(int(self.spoken.total_seconds()))


def totals_of(meeting: Meeting) -> list[Total]:
    """By faction (the longest first, who is of none last) and within it by person, of the speeches
    that have ended: one query."""
    rows = Speaker.objects.filter(item__meeting=meeting, ended_at__isnull=False)
    by_faction: dict[str, dict[str, list[timedelta]]] = defaultdict(lambda: defaultdict(list))
    for row in rows.select_related("deputy__faction", "user").order_by("began_at", "pk"):
        faction = row.deputy.faction if row.deputy else None
        name = faction.local_name if faction else ""
        by_faction[name][row.name_shown].append(row.spoken_for)
    totals = []
    for name, people in by_faction.items():
        each = [Total(who, sum(times, _NONE), len(times)) for who, times in people.items()]
        each.sort(key=lambda one: -one.spoken)
        spoken = sum((one.spoken for one in each), _NONE)
        totals.append(Total(name, spoken, sum(one.speeches for one in each), each))
    return sorted(totals, key=lambda one: (not one.name, -one.spoken))


@dataclass(frozen=True, slots=True)
class ItemClock:
    """The time that was set aside for an item: it runs out at ``due_at``, or stands at ``left`` in
    a pause."""

    due_at: datetime | None
    left: timedelta | None


def item_clock(meeting: Meeting, item: Item | None, now: datetime) -> ItemClock | None:
    """Clock of the current item, where minutes were set aside for it: pauses are not of them. Two
    queries, none otherwise.
    """
    if item is None or item.minutes is None:
        return None
    taken = _time_considered(meeting, item, now)
    left = timedelta(minutes=item.minutes) - taken
    return ItemClock(None, left) if meeting.pause_id else ItemClock(now + left, None)


def _time_considered(meeting: Meeting, item: Item, now: datetime) -> timedelta:
    """Time for which the item was considered so far, also when it was taken up several times."""
    entries = meeting.log.filter(item=item, kind__in=(_Kind.ITEM, _Kind.ITEM_DONE))
    spans: list[tuple[datetime, datetime]] = []
    since: datetime | None = None
    for kind, at in entries.order_by("pk").values_list("kind", "at"):
        if kind == _Kind.ITEM:
            since = at
        elif since is not None:
            spans.append((since, at))
            since = None
    if since is not None:
        spans.append((since, now))
    pauses = meeting.pauses.values_list("began_at", "ended_at")
    stood = [(began, ended or now) for began, ended in pauses]
    return sum((end - begin - _overlap((begin, end), stood) for begin, end in spans), _NONE)


def _overlap(
    span: tuple[datetime, datetime], others: Iterable[tuple[datetime, datetime]]
) -> timedelta:
    """Time of a span that the others cover; they do not overlap each other."""
    shared = (min(span[1], end) - max(span[0], begin) for begin, end in others)
    return sum((each for each in shared if each > _NONE), _NONE)
