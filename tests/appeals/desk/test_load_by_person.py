"""Load by person: for the head alone, never of what is about them, and the look is recorded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import DataAccess
from appeals.desk.load_by_person import end_of_week, load_by_person
from appeals.models import Appeal, State
from core.domain.calendar import end_of_day, local_date
from tests.appeals import factories

pytestmark = pytest.mark.django_db
LOAD = "/desk/load/"


@pytest.fixture
def tuesday(clock):
    clock.set(datetime(2027, 3, 16, 9, tzinfo=UTC))
    return datetime(2027, 3, 16, 9, tzinfo=UTC)


@pytest.fixture
def given(staff, olena, tuesday):
    """``given(days)``: an appeal of the worker, due at the end of so many days from Tuesday."""

    def give(days, subject="Лавка", **fields):
        made = factories.appeal(olena, State.IN_WORK, by=staff.department, subject=subject)
        due = end_of_day(local_date(tuesday) + timedelta(days=days))
        received = tuesday - timedelta(days=40)
        change = {"officer": staff.worker, "received_at": received, "due_at": due, **fields}
        Appeal.objects.filter(pk=made.pk).update(**change)
        return made

    return give


def numbers(user):
    return {
        each.officer.pk if each.officer else None: (each.open, each.late, each.this_week)
        for each in load_by_person(user)
    }


def test_the_last_days_of_the_week_and_the_day_after(
    staff, given, tuesday, django_assert_max_num_queries
):
    assert end_of_week(tuesday) == end_of_day(local_date(tuesday) + timedelta(days=5))
    for days in (-2, -1, 0, 5, 6):
        given(days)
    given(1, officer=None)
    assert staff.head.grants_in_force
    with django_assert_max_num_queries(7):
        found = numbers(staff.head)
    # Who has none stands there, too.
    assert found == {staff.worker.pk: (5, 2, 2), None: (1, 0, 1), staff.head.pk: (0, 0, 0)}
    first = load_by_person(staff.head)[0].first
    assert [each.due_on.day for each in first] == [14, 15, 16]


def test_it_is_for_the_head_of_the_department_alone(client, staff, given, admin):
    given(1, subject="Не світить ліхтар")
    for user in (staff.worker, staff.sec, staff.other, staff.clerk, admin):
        assert staff.worker.pk not in numbers(user)
    client.force_login(staff.worker)
    page = client.get(LOAD)
    assert "Не світить ліхтар" not in page.text
    assert not DataAccess.objects.filter(why="staff.load").exists()


def test_officer_and_applicant_read_that_the_head_has_looked(client, staff, given, olena):
    given(1, subject="Не світить ліхтар")
    client.force_login(staff.head)
    page = client.get(LOAD)
    assert staff.worker.get_full_name() in page.text
    assert "Не світить ліхтар" in page.text
    told = DataAccess.objects.filter(by=staff.head).values_list("user", "why")
    assert set(told) == {(staff.worker.pk, "staff.load"), (olena.pk, "appeal.work")}


def test_a_complaint_about_the_head_counts_for_nobody(client, staff, given):
    made = given(1, subject="На керівницю")
    about = {"kind": Appeal.Kind.COMPLAINT, "about_person": staff.head, "officer": None}
    Appeal.objects.filter(pk=made.pk).update(**about)
    assert set(numbers(staff.head).values()) == {(0, 0, 0)}
    client.force_login(staff.head)
    assert "На керівницю" not in client.get(LOAD).text


def test_who_has_left_still_has_what_they_left(staff, given):
    given(1)
    staff.worker.grants.all().delete()
    assert numbers(staff.head)[staff.worker.pk] == (1, 0, 1)
