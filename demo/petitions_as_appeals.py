"""The demo city's petitions without enough signatures, which are considered as appeals."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from accounts.models import User
from appeals import actions
from appeals.models import Answer, Appeal, Entry
from appeals.queries import record_reading
from city.models import Department
from core.domain import clock
from core.domain.actions import action
from core.domain.calendar import kyiv
from demo import city
from petitions.as_appeal.actions import hand_over
from petitions.models import Petition

_HALF_A_MINUTE = timedelta(seconds=30)


def load_petitions_as_appeals() -> None:
    """Hand them over on the day when each closed; one of them is answered, and so published."""
    closed = Petition.objects.filter(handed_over_at__isnull=False, appeal=None)
    rows = closed.select_related("author", "procedure", "district", "department", "answer")
    for petition in rows.order_by("closes_at"):
        closed_at = petition.handed_over_at
        assert closed_at is not None  # noqa: S101 - filtered
        with action():
            hand_over(petition, closed_at + _HALF_A_MINUTE)
        appeal = petition.appeal
        assert appeal is not None  # noqa: S101 - handed over
        appeal.refresh_from_db()
        afternoon = kyiv(appeal.registered_on, time(15, 10))
        _consider(appeal, petition, min(afternoon, clock.now()))


def _consider(appeal: Appeal, petition: Petition, accepted_at: datetime) -> None:
    """Let the office give it to the petition's department, and that answer it where it has."""
    clerk, head = (User.objects.get(email=city.email_of(key)) for key in ("kalyna", "nazar"))
    department = petition.department or Department.objects.open()[0]
    actions.accept(appeal, by=clerk, department=department)
    record_reading(appeal, clerk)
    _put_into_the_past(appeal, "accepted", accepted_at)
    Appeal.objects.filter(pk=appeal.pk).update(accepted_at=accepted_at)
    if petition.answered_at is None:
        return
    published, at = petition.answer, petition.answered_at - timedelta(hours=3)
    actions.draft_answer(appeal, by=clerk, text=published.decided, result="explained")
    actions.approve(appeal, by=head)
    actions.answer(appeal, by=clerk, how=Answer.How.PAGE)
    for kind in ("drafted", "approved", "answered"):
        _put_into_the_past(appeal, kind, at)
    Answer.objects.filter(appeal=appeal).update(at=at, approved_at=at, sent_at=at)
    Appeal.objects.filter(pk=appeal.pk).update(answered_at=at, closed_at=at)


def _put_into_the_past(appeal: Appeal, kind: str, at: datetime) -> None:
    Entry.objects.filter(appeal=appeal, kind=kind).update(at=at)
    appeal.readings.update(at=at)
