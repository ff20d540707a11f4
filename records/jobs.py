"""Periodic jobs of the council's registers."""

from __future__ import annotations

from procrastinate.contrib.django import app

from records.documents.counting import enter_counts


@app.periodic(cron="37 * * * *")
@app.task(queueing_lock="enter_counts_of_appeals")
def enter_numbers_of_appeals(timestamp: int) -> None:
    """Enter months of appeals into the register once the figures of their quarter are stored."""
    enter_counts()
