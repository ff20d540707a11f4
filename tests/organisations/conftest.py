"""Organisations that these tests speak of, and what they need to see of actions."""

from __future__ import annotations

import pytest

from organisations.models import Mandate, Organisation
from organisations.registering import actions
from tests import factories

CODE = "04053915"
DESCRIBED = {
    "name": "Товариство з обмеженою відповідальністю «Тераса»",
    "short_name": "ТОВ «Тераса»",
    "location": "50001, пл. Рудникова, 2",
    "sector": "I",
    "size": "micro",
    "contact": "(000) 000-00-07",
}


@pytest.fixture
def claim(olena) -> Organisation:
    """Registered by olena, confirmed by nobody yet."""
    return actions.register(by=olena, kind="legal", code=CODE, fields=DESCRIBED)


@pytest.fixture
def company(olena) -> Organisation:
    """A confirmed organisation that olena heads."""
    made = factories.organisation("ТОВ «Тераса»", registered_by=olena)
    factories.mandate(olena, made, is_head=True)
    return made


@pytest.fixture
def head(company, olena) -> Mandate:
    return Mandate.objects.get(organisation=company, user=olena)


@pytest.fixture
def colleague(company, firm) -> Mandate:
    """What firm may do for the company: speak."""
    return factories.mandate(firm, company, scopes=["comment"])


@pytest.fixture
def second(department):
    """Another officer of the same department."""
    return factories.user("second", "Друга", "Посадова", role="officer", department=department)
