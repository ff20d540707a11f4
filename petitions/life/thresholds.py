"""Thresholds and terms: what a count of signatures, the clock or the calendar changes.

The count is of rows, under the petition's lock, and never a counter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import reduce
from operator import or_

from django.core.exceptions import ObjectDoesNotExist

from city.calendar import work_calendar
from city.deadlines import MovedDeadlines
from city.models import Change
from city.trace import record_change
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.calendar import WorkCalendar
from core.domain.events import emit
from petitions import terms
from petitions.as_appeal.actions import hand_over, move_appeal
from petitions.events import PetitionChanged, ThresholdLost, ThresholdReached
from petitions.models import Petition, Signature
from petitions.querysets import PetitionQuerySet
from petitions.terms import LABELS, TERMS

#: So many that have closed are handed over in one transaction.
_AT_ONCE = 100


def settle_threshold(petition_id: int, *, moved_at: datetime | None = None) -> bool:
    """Make ``reached_at`` agree with the signatures that count, until the review begins.

    It is the moment of the signature that made it enough, whenever that was counted; ``moved_at``:
    when staff changed which signatures count, if it is that which made it enough.

    Called by whoever has counted and finds that the two may differ; however many call it at once,
    one of them makes the transition. Reads at most as many rows as the threshold has. Returns
    whether anything changed. Emits ThresholdReached or ThresholdLost.
    """
    with action():
        try:
            petition = locked(Petition(pk=petition_id))
        except ObjectDoesNotExist:
            return False
        return settle(petition, clock.now(), moved_at=moved_at)


def tell_what_passed() -> int:
    """Hand petitions that have closed without enough signatures over to appeals, once each.

    A job calls it every minute. What turns out to have enough is settled instead. The term of the
    appeal begins with the day on which collecting ended (law 393/96-ВР arts 20, 23-1), however
    late the job comes. Returns how many were handed over. Emits CollectionEnded, AppealFiled,
    ThresholdReached.
    """
    told = 0
    with action():
        closed = Petition.objects.not_reached().filter(appeal=None).order_by("pk")
        rows = closed.select_related("procedure", "district").prefetch_related("themes")
        for petition in rows.select_for_update(no_key=True, of=("self",))[:_AT_ONCE]:
            now = clock.now()
            if settle(petition, now):
                continue
            hand_over(petition, now)
            told += 1
    return told


def settle(petition: Petition, now: datetime, *, moved_at: datetime | None = None) -> bool:
    """The same for a petition that is under its lock already, in an action.

    The threshold may be crossed after closing as well: when what waited for a check turns out to
    have been in order, or a removal is reversed; but not once its appeal was dealt with.
    """
    if not petition.published_at or petition.withdrawn_at or petition.review_at:
        return False
    if petition.answered_at:
        return False
    last = _last_needed(petition)
    if (last is not None) == (petition.reached_at is not None):
        return False
    if not move_appeal(petition, is_reached=last is not None):
        return False
    if last is not None:
        # Whoever counts comes later, after a midnight too: the council's term runs from the
        # signature (law 393/96-ВР art. 23-1).
        petition.reached_at = moved_at or min(now, max(last, petition.published_at))
        terms.NOTICE.set(petition, work_calendar())
        emit(ThresholdReached(petition.pk, None))
    else:
        petition.reached_at = petition.notice_due_on = None
        emit(ThresholdLost(petition.pk, None))
    petition.save(update_fields=["reached_at", "notice_due_on"])
    return True


def _last_needed(petition: Petition) -> datetime | None:
    """When the last of as many signatures as it needs was given; None: there are not enough."""
    needed = petition.procedure.threshold
    counted = Signature.objects.filter(petition=petition, status=Signature.Status.COUNTED)
    return counted.order_by("at").values_list("at", flat=True)[needed - 1 : needed].first()


def recount_terms(*, by: int | None = None) -> int:
    """Count the last days of all terms that run anew; returns how many petitions have others now.

    Called when the periods of martial law change (law 2136-IX art. 6(6)): holidays are working
    days while it lasts. What is done already keeps the day it had. Each day that moves leaves a
    trace; ``by``: who changed the periods. Emits PetitionChanged for each whose days moved.
    """
    moved = 0
    with action():
        rows = _running().select_for_update(no_key=True, of=("self",))
        for petition, change in _moved_terms(rows, work_calendar()):
            petition.save(update_fields=list(change.days))
            record_change(
                Change.Verb.RECOUNTED, change.table, change.pk, change.title, change.days, by=by
            )
            emit(PetitionChanged(petition.pk, None))
            moved += 1
    return moved


def find_moved_terms(calendar: WorkCalendar) -> list[MovedDeadlines]:
    """Terms that ``recount_terms`` would move if the calendar were this one: one query."""
    return [change for _petition, change in _moved_terms(_running(), calendar)]


def _running() -> PetitionQuerySet[Petition]:
    running = Petition.objects.filter(reduce(or_, (term.running for term in TERMS)))
    return running.select_related("procedure").order_by("pk")


def _moved_terms(
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
