"""Moments and days beside now, for the states of rows: written by the database's clock."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F

from core.domain import clock

NOW = clock.Now()
_MOMENT = timedelta(minutes=5)
#: Five minutes ago, in five minutes; and days.
PAST, FUTURE = NOW - _MOMENT, NOW + _MOMENT
DAY = timedelta(days=1)
LONG_AGO = NOW - 400 * DAY
F = F
