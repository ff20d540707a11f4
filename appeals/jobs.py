"""Periodic jobs of appeals."""

from __future__ import annotations

from procrastinate.contrib.django import app

from appeals.figures import quarters
from core.domain import clock
from core.domain.calendar import local_date


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="store_figures_of_appeals")
def store_figures(timestamp: int) -> None:
    """Store the figures of the quarters whose terms are over."""
    quarters.store_figures(local_date(clock.now()))
