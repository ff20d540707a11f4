"""The nightly job of indicators. insights.jobs brings it to the worker."""

from __future__ import annotations

from procrastinate.contrib.django import app

from insights.indicators import measuring


@app.periodic(cron="47 3 * * *")
@app.task(queueing_lock="measure_indicators")
def measure_indicators(timestamp: int) -> None:
    """Measure the periods that are over, and begin the report of the year that is."""
    measuring.measure_now()
