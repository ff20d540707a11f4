"""Consultations in the states that these tests speak of."""

from __future__ import annotations

import pytest

from consultations.models import State
from tests import factories


@pytest.fixture
def preparing(department):
    return factories.consultation(department, State.PREPARING)


@pytest.fixture
def opened(department):
    """A consultation that is open now."""
    return factories.consultation(department, State.OPEN)


@pytest.fixture
def closed(department):
    return factories.consultation(department, State.CLOSED)


@pytest.fixture
def stranger(db):
    """An officer of another department."""
    return factories.user(
        "stranger",
        role="officer",
        department=factories.department("Департамент освіти", slug="education"),
    )
