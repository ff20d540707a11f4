"""Events of acts without a consultation. Ids only."""

from __future__ import annotations

from typing import ClassVar

from core.domain.events import Event


class UrgentActPublished(Event):
    """An act adopted without public consultations was published."""

    audited: ClassVar[bool] = True
    act_id: int
    by_id: int | None
