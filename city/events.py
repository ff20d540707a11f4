"""Events of the council's own data."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from core.domain.events import Event


class CityChanged(Event):
    """Something of the council's own data is another one; ``change_id``: city.models.Change.

    ``by_id``: None for the server's command line.
    """

    audited: ClassVar[bool] = True
    change_id: int
    by_id: int | None


class MartialLawChanged(Event):
    """Its dated periods are others now: which days are working days, and what is mandatory.

    ``former``: the periods until now, as core.domain.calendar.WorkCalendar takes them. ``by_id``:
    None for the server's command line.
    """

    former: tuple[tuple[date, date | None], ...] = ()
    by_id: int | None = None
