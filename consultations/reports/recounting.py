"""Recount the days on which reports are due when the calendar changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from city.calendar import work_calendar
from city.deadlines import MovedDeadlines
from city.models import Change
from city.trace import record_change
from consultations.events import ReportDayMoved
from consultations.models import Consultation
from consultations.querysets import ConsultationQuerySet
from core.domain.actions import action
from core.domain.calendar import WorkCalendar
from core.domain.events import emit

_LABELS = {"report_due_on": _("Report due")}


def recount_report_days(former: WorkCalendar, *, by: int | None = None) -> int:
    """Count anew when reports are due that are not published yet; returns how many moved.

    Called when the periods of martial law change: terms of working days bind the council by the
    law of the day. A day that somebody had set otherwise than ``former``, the calendar until now,
    gives it stays as it was set. So do the last days of consultations, promised to everybody.
    Each day that moves leaves a trace; ``by``: who changed the periods. Emits ReportDayMoved.
    """
    moved = 0
    with action():
        rows = _unreported_consultations().select_for_update(no_key=True, of=("self",))
        for consultation, change in _find_moved(rows, former, work_calendar()):
            consultation.report_due_on = change.days["report_due_on"][1]
            consultation.save(update_fields=["report_due_on"])
            record_change(
                Change.Verb.RECOUNTED, change.table, change.pk, change.title, change.days, by=by
            )
            emit(ReportDayMoved(consultation.pk, by))
            moved += 1
    return moved


def find_moved_report_days(former: WorkCalendar, calendar: WorkCalendar) -> list[MovedDeadlines]:
    """Days that ``recount_report_days`` would move if the calendar became this one: one query."""
    return [
        change
        for _consultation, change in _find_moved(_unreported_consultations(), former, calendar)
    ]


def _unreported_consultations() -> ConsultationQuerySet:
    announced = Consultation.objects.filter(
        announced_at__isnull=False, reported_at=None, withdrawn_at=None
    )
    dated = announced.filter(report_due_on__isnull=False, closes_at__isnull=False)
    return dated.select_related("procedure").defer("search").order_by("pk")


def _find_moved(
    rows: Iterable[Consultation], former: WorkCalendar, calendar: WorkCalendar
) -> Iterator[tuple[Consultation, MovedDeadlines]]:
    for consultation in rows:
        last_day, due = consultation.last_day, consultation.report_due_on
        if last_day is None or due is None:
            continue
        period = consultation.procedure.report_period
        after = period.last_day(last_day, calendar)
        if due == period.last_day(last_day, former) and due != after:
            days = {"report_due_on": (due, after)}
            change = MovedDeadlines(
                "consultation", consultation.pk, consultation.title, days, _LABELS
            )
            yield consultation, change
