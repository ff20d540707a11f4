"""The demo city's indicators: the founding table continued, goals, who is missing, a report."""

from __future__ import annotations

import pytest
from django.urls import reverse

from insights.indicators import founding
from insights.indicators.measuring import measure_closed
from insights.indicators.models import IndicatorValue, YearReport
from insights.indicators.periods import Period, PeriodKind
from insights.indicators.queries import today
from insights.indicators.registry import indicators
from insights.visits.queries import month_visitors

pytestmark = pytest.mark.django_db


def test_the_founding_table_goes_on_to_last_year(loaded):
    years = founding.known_years()
    assert years == (2015, today().year - 1)
    table = founding.founding_table(*years)
    assert [cell.words for cell in table.rows[0].cells[:5]] == [
        *("22,5", "26,1", "28,4", "29,0", "30,0")
    ]
    for row in table.rows:
        assert row.cells[0].is_imported
        assert not row.cells[-1].is_imported
        assert row.cells[-1].words != founding.NO_FIGURE
    (note,) = table.notes[:1]
    assert "Програми" in note


def test_every_indicator_has_figures_and_its_page(loaded, client):
    slugs = set(IndicatorValue.objects.values_list("indicator", flat=True))
    assert slugs == {each.slug for each in indicators()}
    for slug in slugs:
        assert client.get(reverse("indicators:indicator", args=[slug])).status_code == 200
    overview = client.get(reverse("indicators:overview")).content.decode()
    assert "за планом" in overview
    assert "відстає від плану" in overview


def test_a_part_that_is_small_takes_another_with_it(loaded):
    parts = IndicatorValue.objects.filter(indicator="participants", breakdown="age")
    assert parts.filter(value=None).count() == 2


def test_the_report_is_published(loaded, client):
    report = YearReport.objects.get()
    assert client.get(report.get_absolute_url()).status_code == 200


def test_visitors_are_those_that_were_counted(loaded):
    month = Period.of(PeriodKind.MONTH, today()).former.first
    counted = month_visitors(month.year, month.month)
    stored = IndicatorValue.objects.filter(indicator="visitors")
    assert stored.get(period_start=month).value == counted.count
    assert stored.count() == 23
    assert 30_000 < counted.count < 35_000


def test_the_job_leaves_them_as_they_are(loaded):
    before = IndicatorValue.objects.filter(indicator="remarks", value=455).get()
    measure_closed(today())
    assert IndicatorValue.objects.get(pk=before.pk).value == 455
