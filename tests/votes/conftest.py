"""A department with an officer who runs polls, and a crowd that votes in them."""

from __future__ import annotations

import pytest

from tests import factories as house


@pytest.fixture
def department():
    return house.department()


@pytest.fixture
def officer(department):
    return house.user("officer", role="officer", department=department)
