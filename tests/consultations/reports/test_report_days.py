"""When a report is due follows the working calendar; what somebody had set stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from city.lists import actions as city
from city.models import Change, MartialLawPeriod
from consultations.models import Consultation, State
from core.domain.calendar import WorkCalendar, end_of_day
from core.domain.clock import now
from tests import factories

pytestmark = pytest.mark.django_db
CLOSES, WAR = date(2027, 4, 20), (date(2022, 2, 24), None)


@pytest.fixture
def period(db):
    return MartialLawPeriod.objects.get()


def due(department, state=State.OPEN, days=0, **fields) -> Consultation:
    """One that closes on CLOSES; its report is due as counted at war, or ``days`` later."""
    made = factories.consultation(department, state, closes_at=end_of_day(CLOSES))
    counted = made.procedure.report_period.last_day(CLOSES, WorkCalendar([WAR]))
    values = {"report_due_on": counted + timedelta(days=days), **fields}
    Consultation.objects.filter(pk=made.pk).update(**values)
    made.refresh_from_db()
    return made


def test_the_end_of_martial_law_moves_what_was_counted_and_leaves_a_trace(
    department, admin, period, emitted
):
    admin.second_factored = True
    counted, chosen = due(department), due(department, days=3)
    city.change(period, {"ends_on": date(2027, 4, 30)}, by=admin)
    before, before_chosen = counted.report_due_on, chosen.report_due_on
    for each in (counted, chosen):
        each.refresh_from_db()
    assert counted.report_due_on > before
    assert counted.last_day == CLOSES
    assert chosen.report_due_on == before_chosen
    trace = Change.objects.get(table="consultation")
    assert (trace.row, trace.by, trace.verb) == (counted.pk, admin.pk, "recounted")
    assert trace.values == {
        "report_due_on": [before.isoformat(), counted.report_due_on.isoformat()]
    }
    names = [event.name for event in emitted[-4:]]
    assert names == ["CityChanged", "MartialLawChanged", "CityChanged", "ReportDayMoved"]


def test_a_period_that_is_removed_counts_no_more(department, admin, period):
    admin.second_factored = True
    counted = due(department)
    before = counted.report_due_on
    city.remove(period, by=admin)
    counted.refresh_from_db()
    assert counted.report_due_on > before


def test_what_was_withdrawn_keeps_its_day(department, period):
    withdrawn = due(department, withdrawn_at=now(), withdrawn_reason="Відкликано.")
    before = withdrawn.report_due_on
    city.change(period, {"ends_on": date(2027, 4, 30)}, by=None)
    withdrawn.refresh_from_db()
    assert withdrawn.report_due_on == before
