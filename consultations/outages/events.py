"""Events of outages. Ids only."""

from __future__ import annotations

from typing import ClassVar

from core.domain.events import Event


class OutageEntered(Event):
    """An administrator entered a time when people could not reach the site."""

    audited: ClassVar[bool] = True
    outage_id: int
    by_id: int
