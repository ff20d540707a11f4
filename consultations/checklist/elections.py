"""Days on which a council holds no consultations because of local elections. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

#: Days before the electoral process that are closed with it (law 3841-IX art. 7(8)).
SILENCE_DAYS = 15


@dataclass(frozen=True, slots=True)
class Election:
    """The process of a local election: its first and its last day; None: not known yet."""

    name: str
    starts_on: date
    ends_on: date | None = None

    @property
    def closed_from(self) -> date:
        """The first closed day. The law closes what is "less than 15 days before": the 15th day
        itself, which can be counted either way, is closed too."""
        return self.starts_on - timedelta(days=SILENCE_DAYS)

    def touches(self, first: date, last: date) -> bool:
        """Whether one of these days is closed."""
        return last >= self.closed_from and (self.ends_on is None or first <= self.ends_on)


def find_touched_election(
    elections: Iterable[Election], first: date, last: date
) -> Election | None:
    """The first election one of whose closed days lies between these two days."""
    return next((each for each in elections if each.touches(first, last)), None)
