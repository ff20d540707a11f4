"""Sessions that consider a petition, as the app that holds the council's meetings reads them.

Meetings stand above petitions, which know nothing of them: the upper app registers how a petition's
session is read. What the council decided is announced by an officer, as before; the vote stands
beside the form and is chosen in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from petitions.models import Petition


@dataclass(frozen=True, slots=True)
class Sitting:
    """A published session with the petition on its agenda.

    ``is_carried``: how its last vote on it ended; None before a result is published. ``url``: that
    vote with who voted how, else the session.
    """

    title: str
    day: date
    url: str
    is_carried: bool | None = None

    @property
    def decision(self) -> str:
        """The value of Petition.Decision that the vote speaks for; "" without one."""
        if self.is_carried is None:
            return ""
        decisions = Petition.Decision
        return (decisions.SUPPORTED if self.is_carried else decisions.NOT_SUPPORTED).value


type Reader = Callable[[int], Sitting | None]
_readers: list[Reader] = []


def register(reader: Reader) -> None:
    """Let ``reader`` find the session of a petition by the petition's id: at most two queries."""
    _readers.append(reader)


def sitting_of(petition_id: int) -> Sitting | None:
    """The last session that considered it, or will."""
    return next(filter(None, (reader(petition_id) for reader in _readers)), None)
