"""What the tests of paper share: somebody registered at the office, with a sheet."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from accounts.models import User
from accounts.paper import actions
from city.models import District

MARIA = {"given_name": "Марія", "family_name": "Яценко", "phone": "+380671234567"}


@dataclass
class Sheet:
    """A person without e-mail and the codes in her hand."""

    user: User
    number: str
    codes: list[str]


@pytest.fixture
def north(db) -> District:
    return District.objects.create(name="Північний", slug="north")


@pytest.fixture
def maria(ofi, north) -> User:
    """Registered at the office; no sheet yet."""
    return actions.register(by=ofi, district=north, **MARIA)


@pytest.fixture
def sheet(maria, ofi) -> Sheet:
    made, codes = actions.new_sheet(maria, by=ofi)
    return Sheet(maria, made.account.number, codes)
