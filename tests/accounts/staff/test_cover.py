"""Who stands in for whom, for how long, and with what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import Absence, User, load_grants
from accounts.staff import actions
from accounts.staff.events import CoverEnded, CoverNamed
from accounts.staff.queries import holders
from consultations.remarks import actions as consultations
from core.domain import clock as time
from core.domain.rules import Refused
from core.models import AuditEntry
from discussions.models import Comment
from tests import factories

pytestmark = pytest.mark.django_db


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.fixture
def other(db):
    return factories.user(
        "other", role="officer", department=factories.department("Департамент освіти", slug="edu")
    )


def name(absent, cover, *, by=None, days=(0, 7), **fields):
    now = time.now()
    return actions.name_cover(
        absent,
        cover,
        by=by or absent,
        starts_at=now + timedelta(days=days[0]),
        ends_at=now + timedelta(days=days[1]),
        **fields,
    )


def test_the_cover_holds_what_the_absent_person_holds_while_it_lasts(
    ofi, other, department, clock, hear
):
    told = hear(CoverNamed)
    absence = name(ofi, other, days=(1, 3), reason="відпустка")
    assert told == [CoverNamed(other.pk, ofi.pk, absence.pk, ofi.pk)]
    assert not fresh(other).speaks_for(department.pk)
    clock.advance(days=2)
    assert fresh(other).speaks_for(department.pk)
    assert not fresh(other).is_moderator
    assert holders("officer", department_id=department.pk) == [ofi.pk, other.pk]
    both = [fresh(other), fresh(ofi)]
    load_grants(both)
    assert both[0].speaks_for(department.pk)
    clock.advance(days=2)  # it ends by itself
    assert not fresh(other).speaks_for(department.pk)
    assert fresh(ofi).speaks_for(department.pk)
    assert holders("officer", department_id=department.pk) == [ofi.pk]


def test_exactly_her_grants_as_they_change(ofi, other, admin, department):
    name(ofi, other)
    assert not fresh(other).is_moderator
    given = actions.grant(ofi, by=admin, role="moderator", reason="…")
    assert fresh(other).is_moderator
    actions.revoke(given, by=admin, reason="…")
    assert not fresh(other).is_moderator


def test_not_what_the_absent_person_holds_as_a_cover(ofi, other, mo, department):
    name(ofi, other)  # other holds ofi's
    name(other, mo)  # mo holds other's own, not ofi's
    stand_in = fresh(mo)
    assert stand_in.speaks_for(min(fresh(other).departments_as("officer") - {department.pk}))
    assert not stand_in.speaks_for(department.pk)


def test_nothing_of_a_suspended_person(ofi, other, department):
    name(ofi, other)
    User.objects.filter(pk=ofi.pk).update(is_active=False)
    assert not fresh(other).speaks_for(department.pk)


def test_ended_early(ofi, other, department, hear):
    absence = name(ofi, other)
    told = hear(CoverEnded)
    actions.end_cover(absence, by=other)
    assert not fresh(other).speaks_for(department.pk)
    assert told == [CoverEnded(other.pk, other.pk, absence.pk, ofi.pk)]
    with pytest.raises(Refused) as refused:
        actions.end_cover(absence, by=ofi)
    assert refused.value.verdict.code == "staff.cover_over"
    name(ofi, other)  # another can follow


@pytest.mark.parametrize(("days", "code"), [((3, 2), "staff.ends_too_early")])
def test_terms(ofi, other, days, code):
    with pytest.raises(Refused) as refused:
        name(ofi, other, days=days)
    assert refused.value.verdict.code == code


def test_one_at_a_time(ofi, other, mo):
    name(ofi, other, days=(1, 5))
    with pytest.raises(Refused) as refused:
        name(ofi, mo, days=(4, 9))
    assert refused.value.verdict.code == "staff.covered_already"
    name(ofi, mo, days=(5, 9))
    now = time.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.create(
            absent=ofi, cover=ofi, named_by=ofi, starts_at=now, ends_at=now + timedelta(days=99)
        )


def test_an_official_reply_says_for_whom_it_was_given(ofi, other, olena, department):
    opened = factories.consultation(department)
    remark = consultations.remark(opened, by=olena, text="Зробіть навіс.")
    with pytest.raises(Refused):
        consultations.answer(remark, by=other, text="Врахуємо.")
    name(ofi, other)
    given = consultations.answer(remark, by=fresh(other), text="Врахуємо.")
    assert given.standing_in_for == ofi
    for place in (opened.get_absolute_url(), remark.get_absolute_url(), "/"):
        page = " ".join(Client().get(place).text.split())
        assert f"заміщує тимчасово відсутню посадову особу: {ofi.public_name}" in page, place
    told = Client().get(f"/api/v1/consultations/{opened.pk}/remarks/").json()["results"]
    assert told[0]["official_answers"][0]["standing_in_for"] == ofi.public_name
    trace = AuditEntry.objects.get(event="RemarkAnswered")
    assert (trace.actor, trace.ids["standing_in_for_id"]) == (other.pk, ofi.pk)
    consultations.answer(remark, by=ofi, text="І ще одне.", seen=given.pk)
    assert [
        answer.standing_in_for for answer in Comment.objects.filter(is_official=True).order_by("pk")
    ] == [
        ofi,
        None,
    ]
    own = AuditEntry.objects.filter(event="RemarkAnswered").latest("pk")
    assert own.ids["standing_in_for_id"] is None
