"""The hourly chain of ledgers, which shows lines cut from an end before the day is over.

Each hour names the last lines of the ledgers that grew in it, the head that its day would have if
it ended there, and the hour before. The last hour's is the day's own head, so both chains meet.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from core.domain import clock
from core.domain.calendar import kyiv, local_date
from core.domain.chain import BEGINNING, fingerprint
from petitions.ledger.actions import SETTLED, close_days
from petitions.ledger.chain import day_line, hour_line
from petitions.ledger.queries import heads_between
from petitions.models import Day, Entry, Hour

HOUR = timedelta(hours=1)


def close_hours() -> int:
    """Publish the line of each hour that is over and has none yet; returns how many.

    Hours follow one another without a gap, from the one before this was first called with a ledger
    there: nobody has seen earlier ones. None is of a day before the first line's: that has no head.
    """
    with transaction.atomic():
        close_days()
        over = begin_of_hour(clock.now() - SETTLED)
        last = Hour.objects.select_for_update().order_by("-hour").first()
        hour = last.hour + HOUR if last else _first_hour(over)
        previous = last.hash if last else BEGINNING
        made = []
        while hour < over:
            body = _line(hour, previous)
            made.append(Hour(hour=hour, body=body, previous=previous, hash=fingerprint(body)))
            previous, hour = made[-1].hash, hour + HOUR
        Hour.objects.bulk_create(made)
        return len(made)


def _first_hour(over: datetime) -> datetime:
    """First hour of the chain, if the hours before ``over`` are over."""
    first = Entry.objects.order_by("at").values_list("at", flat=True).first()
    return over if first is None else max(over - HOUR, kyiv(local_date(first)))


def begin_of_hour(moment: datetime) -> datetime:
    """When the hour of a moment began; Kyiv's offset is whole hours."""
    return moment.replace(minute=0, second=0, microsecond=0)


def head_so_far(hour: datetime) -> str:
    """The hash that the line of the hour's day would have if the day ended with the hour: two
    queries."""
    day = local_date(hour)
    before = Day.objects.filter(day__lt=day).order_by("-day").values_list("hash", flat=True).first()
    heads = heads_between(kyiv(day), hour + HOUR)
    return fingerprint(day_line(day, heads=heads, previous=before or BEGINNING))


def _line(hour: datetime, previous: str) -> str:
    return hour_line(
        hour,
        day=local_date(hour),
        head=head_so_far(hour),
        heads=heads_between(hour, hour + HOUR),
        previous=previous,
    )
