"""Appeals as the staff meets them: the office, a department with its head and officer."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from appeals.models import Appeal, State
from core.domain import clock as database_clock
from tests import factories as people
from tests.appeals import factories


@pytest.fixture
def staff(db, department):
    """Who works on appeals: ``clerk`` and ``chief`` of the office; ``head``, ``worker`` and
    ``sec`` of the department that considers; ``other`` of another one."""
    office = factories.office()
    other = people.department("Управління парків", slug="parks")
    return SimpleNamespace(
        office=office,
        department=department,
        clerk=factories.registrar(),
        chief=factories.head(office),
        head=factories.head(department),
        worker=people.user("worker", "Оксана", "Працьовита", role="officer", department=department),
        sec=people.user("sec", role="secretary", department=department),
        other=people.user("other", role="head", department=other),
    )


@pytest.fixture
def received(staff):
    """One that the office has not accepted yet, of a person without an account."""
    return factories.appeal()


@pytest.fixture
def in_work(staff, olena):
    """Olena's, considered by the department."""
    return factories.appeal(olena, State.IN_WORK, by=staff.department)


@pytest.fixture
def make_late():
    """``make_late(appeal)``: it came long ago, and was due two days ago."""

    def make(appeal):
        now = database_clock.now()
        moments = {"received_at": now - timedelta(days=40), "due_at": now - timedelta(days=2)}
        Appeal.objects.filter(pk=appeal.pk).update(**moments)
        appeal.refresh_from_db()

    return make


@pytest.fixture
def to():
    """``to("accept", appeal)``: the address of what is done with it at the desk."""
    return lambda name, *about: reverse(
        f"appeals_desk:{name}", args=[getattr(each, "pk", each) for each in about]
    )
