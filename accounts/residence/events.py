"""Events of residences, letters and checks. Ids only; each leaves a trace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from accounts.events import UserEvent
from core.domain.events import Event


@dataclass(frozen=True, slots=True)
class ResidenceEvent(UserEvent):
    residence_id: int


@dataclass(frozen=True, slots=True)
class ResidenceDeclared(ResidenceEvent):
    """Somebody says that they live there; nobody has checked it."""


@dataclass(frozen=True, slots=True)
class ResidenceChecked(ResidenceEvent):
    """It is checked until its ``expires_at``. ``by_id`` is None for a letter or a provider."""


@dataclass(frozen=True, slots=True)
class ResidenceEnded(ResidenceEvent):
    """They live there no longer, or have moved; its address is forgotten."""


@dataclass(frozen=True, slots=True)
class ResidenceExpiring(ResidenceEvent):
    """The check runs out soon. Once for each check."""


@dataclass(frozen=True, slots=True)
class LetterAsked(ResidenceEvent):
    letter_id: int


@dataclass(frozen=True, slots=True)
class LettersPrinted(Event):
    """Letters have left as one file, each with a new code; the codes before it are void."""

    audited: ClassVar[bool] = True
    run_id: int
    by_id: int
    letter_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CheckListEvent(Event):
    audited: ClassVar[bool] = True
    check_list_id: int
    by_id: int


@dataclass(frozen=True, slots=True)
class CheckListMade(CheckListEvent):
    """An officer handed in a list; it waits for a second one if it is long."""


@dataclass(frozen=True, slots=True)
class CheckListApplied(CheckListEvent):
    """All that the list says is done. ``by_id``: who did it – the second officer of a long one."""


@dataclass(frozen=True, slots=True)
class CheckListDeclined(CheckListEvent):
    """The list was refused by another officer, or taken back by the one who made it."""
