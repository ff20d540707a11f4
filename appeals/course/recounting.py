"""Counting the terms that run anew when another calendar moves them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import batched

from django.utils.translation import gettext_lazy as _

from appeals import terms
from appeals.events import AppealRecounted
from appeals.models import Appeal, Entry
from appeals.querysets import AppealQuerySet
from city.calendar import work_calendar
from city.deadlines import MovedDeadlines
from city.models import Change
from city.trace import record_change
from core.domain import clock
from core.domain.actions import action
from core.domain.calendar import WorkCalendar, last_date
from core.domain.events import emit

LABELS = {"due_at": _("Answer to an appeal")}
#: What a term is counted from, and the number by which it is told.
_COUNTED = ("term", "due_at", "received_at", "reopened_at", "registered_on", "number")
_AT_ONCE = 500


def recount_terms(*, by: int | None = None) -> int:
    """Count the terms of all open appeals anew; returns how many have another one now.

    Called when the periods of martial law change (law 2136-IX art. 6(6)): holidays are working
    days while it lasts. A day that was promised in a notice of extension stays. Each that moves
    leaves a trace and a line for its applicant; ``by``: who changed the periods. Emits
    AppealRecounted.
    """
    moved = 0
    with action():
        now = clock.now()
        rows = _running().select_for_update(no_key=True, of=("self",))
        for batch in batched(_moved_terms(rows, work_calendar()), _AT_ONCE):
            Appeal.objects.bulk_update([appeal for appeal, _change in batch], ["due_at"])
            Entry.objects.bulk_create(
                Entry(
                    appeal=appeal,
                    kind=Entry.Kind.RECOUNTED,
                    at=now,
                    words=f"{last_date(appeal.due_at):%d.%m.%Y}",
                )
                for appeal, _change in batch
            )
            for appeal, change in batch:
                record_change(
                    Change.Verb.RECOUNTED, change.table, change.pk, change.title, change.days, by=by
                )
                emit(AppealRecounted(appeal.pk, by))
            moved += len(batch)
    return moved


def find_moved_terms(calendar: WorkCalendar) -> list[MovedDeadlines]:
    """Terms that ``recount_terms`` would move if the calendar were this one: one query."""
    return [change for _appeal, change in _moved_terms(_running(), calendar)]


def _running() -> AppealQuerySet[Appeal]:
    """Those whose term runs, without their words."""
    return Appeal.objects.open().order_by("pk").only(*_COUNTED)


def _moved_terms(
    rows: AppealQuerySet[Appeal], calendar: WorkCalendar
) -> Iterator[tuple[Appeal, MovedDeadlines]]:
    for appeal in rows.iterator(chunk_size=_AT_ONCE):
        before = last_date(appeal.due_at)
        if terms.set_due(appeal, calendar):
            days = {"due_at": (before, last_date(appeal.due_at))}
            # By its number: what it is about is its applicant's alone.
            yield (
                appeal,
                MovedDeadlines("appeal", appeal.pk, appeal.label, days, LABELS, is_numerous=True),
            )
