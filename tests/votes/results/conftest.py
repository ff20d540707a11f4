"""An officer, districts and ages of the city."""

from __future__ import annotations

import pytest

from city.models import AgeGroup, District
from tests import factories as house


@pytest.fixture
def officer(department):
    return house.user("officer", role="officer", department=department)


@pytest.fixture
def districts(db):
    """Three of them, the last with nobody's population told."""
    rows = (("Центр", 4000), ("Заріччя", 1000), ("Степове", None))
    return [
        District.objects.create(name=name, slug=f"d{place}", population=population)
        for place, (name, population) in enumerate(rows)
    ]


@pytest.fixture
def ages(db):
    return AgeGroup.objects.bulk_create(
        AgeGroup(since=since, population=population)
        for since, population in ((14, 200), (16, 200), (18, 4600))
    )
