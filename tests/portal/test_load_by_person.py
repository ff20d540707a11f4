"""Work by person: rows of tables and petitions beside appeals, each with its last days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from consultations.dispositions import actions as dispositions
from consultations.life import actions as life
from consultations.remarks import actions as remarks
from core.domain.calendar import local_date
from portal.load_by_person import work_by_person
from tests import factories
from tests.appeals.factories import head
from tests.petitions import factories as petitions

pytestmark = pytest.mark.django_db


@pytest.fixture
def tuesday(clock):
    clock.set(datetime(2027, 3, 16, 9, tzinfo=UTC))
    return local_date(datetime(2027, 3, 16, 9, tzinfo=UTC))


@pytest.fixture
def chief(department):
    return head(department)


def numbers(user, kind: str):
    found = {}
    for each in work_by_person(user):
        tally = getattr(each, kind)
        key = (each.department.pk, each.officer.pk if each.officer else None)
        found[key] = (tally.open, tally.late, tally.this_week)
    return found


@pytest.fixture
def said(tuesday, department, olena):
    consultation = factories.consultation(department)
    made = [remarks.remark(consultation, by=olena, text=f"Слово {n}") for n in range(8)]
    return consultation, made


def test_rows_of_tables_by_their_last_days(tuesday, said, department, chief, ofi):
    consultation, made = said
    for row, days in zip(made, (-1, 0, 5, 6), strict=False):
        due_on = tuesday + timedelta(days=days)
        dispositions.assign(consultation, [row.pk], by=ofi, person_id=ofi.pk, due_on=due_on)
    other = factories.department("Департамент освіти", slug="education")
    dispositions.assign(consultation, [made[4].pk], by=ofi, department_id=other.pk)
    dispositions.settle(made[5], by=ofi, kind="accepted")
    dispositions.settle(made[6], by=ofi, kind="rejected")  # its reason is missing yet
    found = numbers(chief, "rows")
    assert found[department.pk, ofi.pk] == (4, 1, 2)
    assert found[department.pk, None] == (2, 0, 0)
    assert {key[0] for key in found} == {department.pk}
    # The other department's head has what it was given.
    assert numbers(head(other), "rows")[other.pk, None] == (1, 0, 0)


def test_rows_of_another_departments_table_count_for_who_has_them(said, chief, department, ofi):
    consultation, made = said
    other = factories.department("Департамент освіти", slug="education")
    theirs = factories.user("theirs", role="officer", department=other)
    dispositions.assign(consultation, [made[0].pk], by=ofi, person_id=theirs.pk)
    assert numbers(head(other), "rows")[other.pk, theirs.pk] == (1, 0, 0)


def test_of_a_deleted_remark_and_of_what_was_withdrawn_nothing_is_left(said, chief, olena, ofi):
    consultation, made = said
    remarks.delete_remark(made[0], by=olena)
    assert sum(number for number, *_due in numbers(chief, "rows").values()) == 7
    life.withdraw(consultation, by=ofi, reason="Проєкт відкликано.")
    assert not any(number for number, *_due in numbers(chief, "rows").values())


def test_petitions_of_the_department_and_of_one_officer(tuesday, olena, department, chief, ofi):
    late = petitions.petition(
        olena, "reached", department=department, notice_due_on=tuesday - timedelta(days=1)
    )
    petitions.petition(olena, "reached", department=department, notice_due_on=tuesday)
    petitions.petition(olena, "collecting", department=department)
    alone = factories.user("alone")
    factories.grant(alone, "officer", department=department, scope=late.topic)
    found = numbers(chief, "petitions")
    assert found[department.pk, None] == (1, 0, 1)
    assert found[department.pk, alone.pk] == (1, 1, 0)


def test_queries_do_not_grow(said, chief, ofi, department, django_assert_max_num_queries):
    consultation, made = said
    for row in made[:4]:
        person = factories.user(f"officer{row.pk}", role="officer", department=department)
        dispositions.assign(consultation, [row.pk], by=ofi, person_id=person.pk)
    assert chief.grants_in_force
    with django_assert_max_num_queries(13):
        assert len(work_by_person(chief)) >= 5


def test_who_heads_nothing_is_shown_nobody(said, ofi, admin):
    assert work_by_person(ofi) == work_by_person(admin) == []
