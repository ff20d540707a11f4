"""Work by department and month: first replies, what was done late; as a page and as CSV."""

from __future__ import annotations

import csv
from datetime import timedelta

import pytest
from django.urls import reverse

from consultations.decisions import actions as decisions
from consultations.desk.load import months_of
from consultations.models import State
from consultations.remarks import actions as remark_actions
from core.domain import clock as database_clock
from core.domain.calendar import local_date
from discussions.models import Comment
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(department, ofi, olena):
    """Three remarks, two of them replied to after 2 and 6 hours; a report and a step are late."""
    consultation = factories.consultation(department)
    for number, hours in enumerate((2, 6, None)):
        said = remark_actions.remark(consultation, by=olena, text=f"Слово {number}")
        if hours is not None:
            remark_actions.answer(said, by=ofi, text="Так.")
            Comment.objects.filter(parent=said.pk).update(
                created_at=said.comment.created_at + timedelta(hours=hours)
            )
    today = local_date(database_clock.now())
    yesterday = today - timedelta(days=1)
    factories.consultation(department, State.CLOSED, report_due_on=yesterday)
    reported = factories.consultation(department, State.REPORTED, report_due_on=None)
    act = {"outcome": "adopted", "decided_on": today, "number": "1"}
    decision = decisions.enter(reported, by=ofi, fields=act)
    decisions.add_step(decision, by=ofi, text="Лави", responsible="Він", due_on=yesterday)
    return consultation


def test_months(busy, ofi, stranger_officer, django_assert_max_num_queries):
    assert ofi.grants_in_force
    with django_assert_max_num_queries(5):
        months = months_of(ofi)
    assert sum(each.remarks for each in months) == 3
    assert sum(each.replied for each in months) == 2
    assert [each.median_hours for each in months if each.replied] == [pytest.approx(4)]
    assert sum(each.reports_late for each in months) == 1
    assert [sum(each.steps_due for each in months), sum(each.steps_late for each in months)] == [
        1,
        1,
    ]
    assert months_of(stranger_officer) == []


@pytest.fixture
def stranger_officer(db):
    other = factories.department("Департамент освіти", slug="education")
    return factories.user("stranger", role="officer", department=other)


def test_page_and_csv(busy, client, ofi, mo, department):
    client.force_login(mo)
    assert client.get(reverse("portal:load")).status_code == 403
    client.force_login(ofi)
    assert department.name in client.get(reverse("portal:load")).text
    answer = client.get(reverse("portal:load_csv"))
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    rows = list(csv.DictReader(lines))
    assert sum(int(row["remarks"]) for row in rows) == 3
    assert {row["department"] for row in rows} == {department.name}
    assert "4.0" in {row["median_hours_to_first_reply"] for row in rows}
