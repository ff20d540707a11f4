"""The nightly job of indicators, imported by insights.jobs."""

from __future__ import annotations

from procrastinate.contrib.django import app

from insights.indicators import measuring


@app.periodic(cron="47 3 * * *")
@app.task(queueing_lock="measure_indicators")
def measure_indicators(timestamp: int) -> None:
    """Measure the closed periods, and create the working copy of last year's report."""
    measuring.measure_now()
