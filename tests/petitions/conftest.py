"""Petitions as the staff meets them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from petitions.models import State
from tests import factories as people
from tests.petitions import factories


@pytest.fixture
def waiting(olena):
    """A petition that waits to be checked."""
    return factories.petition(olena, State.MODERATION)


@pytest.fixture
def sec(department):
    return people.user("sec", role="secretary", department=department)


@pytest.fixture
def to():
    """``to("publish", petition)``: the address of what is done with it at the desk."""
    return lambda name, *about: reverse(
        f"petitions_desk:{name}", args=[getattr(each, "pk", each) for each in about]
    )
