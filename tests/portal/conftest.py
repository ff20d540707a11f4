"""An open consultation, and a page that is drawn anew for each test."""

from __future__ import annotations

import pytest

from consultations.models import State
from core.web.pages import forget_pages
from tests import factories


@pytest.fixture(autouse=True)
def nothing_kept():
    forget_pages()


@pytest.fixture
def opened(department):
    return factories.consultation(department, State.OPEN)
