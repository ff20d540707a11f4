"""Figures of the demo city's appeals: four quarters, of which nothing small is shown."""

from __future__ import annotations

import pytest

from appeals.desk.figures import FEWEST, figures_of, store_figures, stored_quarters
from core.domain import clock
from core.domain.calendar import local_date

pytestmark = pytest.mark.django_db


def test_four_quarters_add_up(loaded):
    quarters = stored_quarters()
    assert len(quarters) == 4
    for quarter in quarters:
        tables = figures_of(quarter)
        (everything,) = tables.pop("all")
        for rows in tables.values():
            shown = [row.total for row in rows if row.total is not None]
            assert min(shown) >= FEWEST
            assert everything.total is not None
            assert everything.total == sum(shown) or len(shown) < len(rows)


def test_the_job_leaves_them_as_they_are(loaded):
    assert store_figures(local_date(clock.now())) == []
