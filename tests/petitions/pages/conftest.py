"""Petitions as their pages show them."""

from __future__ import annotations

import pytest

from petitions.signing import counting
from tests.petitions import factories


@pytest.fixture
def signed(olena):
    """``signed(3, state, **fields)``: a petition with so many signatures, counted."""

    def make(number, state="collecting", **fields):
        made = factories.petition(olena, state, **fields)
        factories.signatures(made, number)
        counting.recount([made.pk])
        return made

    return make
