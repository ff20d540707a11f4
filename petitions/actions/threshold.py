"""Whether a petition has enough signatures: by a count of rows under its lock, never a counter."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist

from city.calendar import work_calendar
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from petitions import terms
from petitions.events import CollectionEnded, ThresholdLost, ThresholdReached
from petitions.models import Petition, Signature

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
    """Announce, once each, that petitions have closed without enough signatures.

    A job calls it every minute; nothing depends on it but the telling. What turns out to have
    enough is settled instead. The term of the answer to what is an appeal now begins with the day
    on which collecting ended (law 393/96-ВР arts 20, 23-1). Returns how many were told of. Emits
    CollectionEnded, ThresholdReached.
    """
    told = 0
    with action():
        closed = Petition.objects.not_reached().filter(handed_over_at=None).order_by("pk")
        for petition in closed.select_for_update(no_key=True, of=("self",))[:_AT_ONCE]:
            now = clock.now()
            if settle(petition, now):
                continue
            _hand_over(petition, now)
            told += 1
    return told


def settle(petition: Petition, now: datetime, *, moved_at: datetime | None = None) -> bool:
    """The same for a petition that is under its lock already, in an action.

    The threshold may be crossed after closing as well: when what waited for a check turns out to
    have been in order, or a removal is reversed.
    """
    if not petition.published_at or petition.withdrawn_at or petition.review_at:
        return False
    if petition.answered_at:
        return False
    last = _last_needed(petition)
    if (last is not None) == (petition.reached_at is not None):
        return False
    if last is not None:
        # Whoever counts comes later, after a midnight too: the council's term runs from the
        # signature (law 393/96-ВР art. 23-1).
        petition.reached_at = moved_at or min(now, max(last, petition.published_at))
        terms.NOTICE.set(petition, work_calendar())
        petition.answer_due_on = None
        emit(ThresholdReached(petition.pk, None))
    else:
        petition.reached_at = petition.notice_due_on = None
        if petition.handed_over_at:
            terms.APPEAL.set(petition, work_calendar())  # it is an appeal again
        emit(ThresholdLost(petition.pk, None))
    petition.save(update_fields=["reached_at", "notice_due_on", "answer_due_on"])
    return True


def _last_needed(petition: Petition) -> datetime | None:
    """When the last of as many signatures as it needs was given; None: there are not enough."""
    needed = petition.procedure.threshold
    counted = Signature.objects.filter(petition=petition, status=Signature.Status.COUNTED)
    return counted.order_by("at").values_list("at", flat=True)[needed - 1 : needed].first()


def _hand_over(petition: Petition, now: datetime) -> None:
    petition.handed_over_at = now
    terms.APPEAL.set(petition, work_calendar())
    petition.save(update_fields=["handed_over_at", "answer_due_on"])
    emit(CollectionEnded(petition.pk, None))
