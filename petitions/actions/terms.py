"""Terms that run are counted anew when the calendar by which they are counted changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_

from city.calendar import work_calendar
from city.deadlines import MovedDeadlines
from city.models import Change
from city.trace import record_change
from core.domain.actions import action
from core.domain.calendar import WorkCalendar
from core.domain.events import emit
from petitions.events import PetitionChanged
from petitions.models import Petition
from petitions.querysets import PetitionQuerySet
from petitions.terms import LABELS, TERMS


def recount_terms(*, by: int | None = None) -> int:
    """Count the last days of all terms that run anew; returns how many petitions have others now.

    Called when the periods of martial law change (law 2136-IX art. 6(6)): holidays are working
    days while it lasts. What is done already keeps the day it had. Each day that moves leaves a
    trace; ``by``: who changed the periods. Emits PetitionChanged for each whose days moved.
    """
    moved = 0
    with action():
        rows = _running().select_for_update(no_key=True, of=("self",))
        for petition, change in _moved(rows, work_calendar()):
            petition.save(update_fields=list(change.days))
            record_change(
                Change.Verb.RECOUNTED, change.table, change.pk, change.title, change.days, by=by
            )
            emit(PetitionChanged(petition.pk, None))
            moved += 1
    return moved


def find_moved_terms(calendar: WorkCalendar) -> list[MovedDeadlines]:
    """What ``recount_terms`` would move if the calendar were this one: one query."""
    return [change for _petition, change in _moved(_running(), calendar)]


def _running() -> PetitionQuerySet[Petition]:
    running = Petition.objects.filter(reduce(or_, (term.running for term in TERMS)))
    return running.select_related("procedure").order_by("pk")


def _moved(
    rows: Iterable[Petition], calendar: WorkCalendar
) -> Iterator[tuple[Petition, MovedDeadlines]]:
    for petition in rows:
        running = [term for term in TERMS if term.runs(petition)]
        before = {term.column: getattr(petition, term.column) for term in running}
        columns = [term.column for term in running if term.set(petition, calendar)]
        if columns:
            days = {name: (before[name], getattr(petition, name)) for name in columns}
            change = MovedDeadlines("petition", petition.pk, petition.title, days, LABELS)
            yield petition, change
