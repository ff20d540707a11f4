"""Announcing: what must be ready, what it sets, what it tells."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from city.calendar import work_calendar
from city.models import MartialLawPeriod
from consultations.events import ConsultationAnnounced
from consultations.life import actions
from consultations.models import Consultation, State
from consultations.text import actions as text_actions
from core.domain import clock as database_clock
from core.domain.calendar import end_of_day, kyiv, local_date
from core.models import AuditEntry
from tests import factories

pytestmark = pytest.mark.django_db


def today() -> date:
    return local_date(database_clock.now())


def in_days(consultation, first: int, last: int) -> None:
    """Give it a first and a last day, counted from today."""
    consultation.opens_at = kyiv(today() + timedelta(days=first))
    consultation.closes_at = end_of_day(today() + timedelta(days=last))
    consultation.save()


def test_publishes_it_and_says_when_the_report_is_due(preparing, ofi, emitted):
    made = actions.announce(preparing, by=ofi)
    now = database_clock.now()
    assert made.state_at(now) == State.ANNOUNCED
    assert list(Consultation.objects.published()) == [made]
    expected = work_calendar().add_working_days(made.last_day, 30)
    assert made.report_due_on == expected
    assert emitted == [ConsultationAnnounced(made.pk, ofi.pk)]
    entry = AuditEntry.objects.get(event="ConsultationAnnounced")
    assert entry.actor == ofi.pk
    assert (entry.ids["consultation_id"], entry.actor) == (made.pk, ofi.pk)


def test_one_that_opens_today_opens_at_once(preparing, ofi):
    in_days(preparing, 0, 20)
    made = actions.announce(preparing, by=ofi)
    assert made.state_at(database_clock.now()) == State.OPEN
    assert made.opens_at == made.announced_at


def test_keeps_a_report_day_that_was_set(preparing, ofi):
    preparing.report_due_on = day = today() + timedelta(days=90)
    preparing.save()
    assert actions.announce(preparing, by=ofi).report_due_on == day


def test_an_administrator_may(preparing, admin):
    assert actions.announce(preparing, by=admin).announced_at


def test_is_for_the_department_alone(preparing, olena, mo, stranger, refused):
    for person in (olena, mo, stranger):
        with refused("consultation.officers_only"):
            actions.announce(preparing, by=person)


def test_happens_once(opened, ofi, refused):
    with refused("consultation.announced_already"):
        actions.announce(opened, by=ofi)


def test_needs_a_published_text(department, ofi, refused):
    bare = factories.consultation(department, State.PREPARING, text=None)
    with refused("consultation.no_text"):
        actions.announce(bare, by=ofi)
    bare.draft = factories.draft(published=False)
    bare.save()
    with refused("consultation.no_text"):
        actions.announce(bare, by=ofi)
    text_actions.publish_text(bare, by=ofi)
    assert actions.announce(bare, by=ofi)


def test_needs_dates(preparing, ofi, refused):
    preparing.opens_at = preparing.closes_at = None
    preparing.save()
    with refused("consultation.no_dates"):
        actions.announce(preparing, by=ofi)


def test_cannot_open_in_the_past(preparing, ofi, clock, refused):
    clock.advance(days=12)
    with refused("consultation.opens_in_the_past"):
        actions.announce(preparing, by=ofi)


def test_in_peacetime_a_short_period_is_refused(preparing, ofi, refused):
    MartialLawPeriod.objects.all().delete()
    in_days(preparing, 1, 5)
    preparing.short_period_reason = "Поспішаємо"
    preparing.save()
    with refused("consultation.period_too_short"):
        actions.announce(preparing, by=ofi)


def test_under_martial_law_a_short_period_needs_a_reason(preparing, ofi, refused):
    in_days(preparing, 1, 5)
    with refused("consultation.reason_needed"):
        actions.announce(preparing, by=ofi)
    preparing.short_period_reason = "Опалювальний сезон починається за тиждень"
    preparing.save()
    assert actions.announce(preparing, by=ofi).announced_at


def test_a_period_that_martial_law_does_not_suspend_stays_mandatory(department, ofi, refused):
    strict = factories.consultation(
        department,
        State.PREPARING,
        procedure=factories.procedure("privileges"),
        short_period_reason="Поспішаємо",
    )
    in_days(strict, 1, 10)
    with refused("consultation.period_too_short"):
        actions.announce(strict, by=ofi)


@pytest.mark.parametrize("days", [20, 100])
def test_a_regulatory_act_takes_one_to_three_months(department, ofi, refused, days):
    MartialLawPeriod.objects.all().delete()
    act = factories.consultation(
        department,
        State.PREPARING,
        procedure=factories.procedure("regulatory-act"),
        on_paper=factories.DOCUMENT["on_paper"],
    )
    factories.paper(act, "impact_sme")
    in_days(act, 1, days)
    with refused(f"consultation.period_too_{'short' if days < 30 else 'long'}"):
        actions.announce(act, by=ofi)
    in_days(act, 1, 60)
    assert actions.announce(act, by=ofi)


def test_a_law_not_in_force_cannot_be_used(department, ofi, refused):
    future = factories.consultation(
        department, State.PREPARING, procedure=factories.procedure("public-consultation")
    )
    with refused("procedure.not_in_force"):
        actions.announce(future, by=ofi)


def test_the_refusal_names_the_article_and_the_earliest_day(preparing, ofi):
    MartialLawPeriod.objects.all().delete()
    in_days(preparing, 1, 3)
    with pytest.raises(Exception, match="2939-VI") as refusal:
        actions.announce(preparing, by=ofi)
    earliest = refusal.value.verdict.params["earliest"]
    calendar = work_calendar()
    assert earliest == calendar.add_working_days(preparing.opens_on, 10)


def test_budget(preparing, ofi, django_assert_max_num_queries):
    with django_assert_max_num_queries(
        44
    ):  # 12 of them for record and evidence, 8 for the register
        actions.announce(preparing, by=ofi)
