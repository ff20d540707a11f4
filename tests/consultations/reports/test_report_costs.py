"""The М-тест of a report: a working copy with medians, published as ranges of at least five."""

from __future__ import annotations

import pytest
from django.urls import reverse

from consultations.models import Cost, Report
from consultations.reports import mtest
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def regulated(department, ofi, clock):
    """A consultation about business: six micro businesses have answered, and four small ones."""
    consultation = factories.consultation(
        department, procedure=factories.procedure("regulatory-act")
    )
    for size, figures in (("micro", (3, 7, 30, 45, 60, 90)), ("small", (5, 6, 7, 8))):
        for place, hours in enumerate(figures):
            firm = factories.organisation(f"ТОВ «{size} {place}»", size=size, registered_by=ofi)
            Cost.objects.create(
                consultation=consultation,
                organisation=firm,
                size=size,
                hours_once=hours,
                by=ofi,
            )
    clock.set(consultation.closes_at)
    return consultation


def test_officers_begin_with_the_medians(client, regulated, ofi):
    client.force_login(ofi)
    page = client.get(reverse("desk:report_costs", args=[regulated.pk])).text
    assert mtest.medians(regulated)["micro"]["hours_once"] == 38
    assert 'name="micro_hours_once" value="38"' in page


def test_the_report_tells_ranges_and_of_fewer_than_five_nothing(client, regulated, ofi):
    client.force_login(ofi)
    address = reverse("desk:report_costs", args=[regulated.pk])
    drawn = client.get(address).text
    carried = drawn.partition('name="drawn_from" value="')[2].partition('"')[0]
    sent = {
        "drawn_from": carried,
        "micro_affected": "1200",
        "micro_hours_once": "41",
        "micro_note": "За реєстром.",
        "small_affected": "300",
    }
    for size in ("micro", "small", "medium", "large"):
        for name in ("hours_once", "hours_yearly", "money_once", "money_yearly"):
            sent.setdefault(f"{size}_{name}", "0" if size in ("micro", "small") else "")
    assert client.post(address, sent).status_code == 302
    assert Report.objects.get().costs["micro"]["hours_once"] == 41
    edition = factories.publish_report(regulated, by=ofi)
    (table,) = [block for block in edition.content if len(block.get("columns", ())) == 9]
    (row,) = [row for row in table["rows"] if row[2] != "–"]
    assert (row[2].replace("\u00a0", " "), row[3], row[8]) == ("1 200", "6", "За реєстром.")
    assert row[4] == "0–100 (20–50)"
    assert "41" not in str(edition.content)
    assert len(table["rows"]) == 1  # the small ones are four: neither they nor the sum is told


def test_of_others_there_is_no_such_table(closed, ofi):
    edition = factories.publish_report(closed, by=ofi)
    assert not any(len(block.get("columns", ())) == 9 for block in edition.content)
