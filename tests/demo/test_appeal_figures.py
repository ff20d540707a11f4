"""Figures of the demo city's appeals: four quarters, of which nothing small is shown."""

from __future__ import annotations

import pytest

from appeals.figures.quarters import FEWEST, figures_of, store_figures, stored_quarters
from core.domain import clock
from core.domain.calendar import local_date

pytestmark = pytest.mark.django_db


def test_four_quarters_add_up(loaded):
    quarters = stored_quarters()
    assert len(quarters) == 4
    for quarter in quarters:
        tables = figures_of(quarter)
        (everything,) = tables.pop("all")
        kinds = {row.name: row.total for row in tables["kind"]}
        for name, rows in tables.items():
            shown = [row.total for row in rows if row.total is not None]
            assert min(shown) >= FEWEST
            if name in ("requests", "postponed"):  # of the year
                continue
            whole = kinds[name.removeprefix("outcome:")] if ":" in name else everything.total
            assert whole is not None
            assert whole == sum(shown) or len(shown) < len(rows)


def test_the_job_leaves_them_as_they_are(loaded):
    assert store_figures(local_date(clock.now())) == []
