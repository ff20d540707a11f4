"""A petition that can be talked about, and something said of it."""

from __future__ import annotations

import pytest

from petitions.talk import actions
from tests.petitions import factories


@pytest.fixture
def petition(olena):
    return factories.petition(olena)


@pytest.fixture
def comment(petition, bohdan):
    return actions.comment(petition, by=bohdan, text="Підтримую.")
