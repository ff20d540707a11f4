"""Events of residences, letters and checks. Ids only; each leaves a trace."""

from __future__ import annotations

from typing import ClassVar

from accounts.events import UserEvent
from core.domain.events import Event


class ResidenceEvent(UserEvent):
    residence_id: int


class ResidenceDeclared(ResidenceEvent):
    """Somebody says that they live there; nobody has checked it."""


class ResidenceChecked(ResidenceEvent):
    """It is checked until its ``expires_at``. ``by_id`` is None for a letter or a provider."""


class ResidenceEnded(ResidenceEvent):
    """They live there no longer, or have moved; its address is forgotten."""


class ResidenceExpiring(ResidenceEvent):
    """The check runs out soon. Once for each check."""


class LetterAsked(ResidenceEvent):
    letter_id: int


class LettersPrinted(Event):
    """Letters have left as one file, each with a new code; the codes before it are void."""

    audited: ClassVar[bool] = True
    run_id: int
    by_id: int
    letter_ids: tuple[int, ...]


class CheckListEvent(Event):
    audited: ClassVar[bool] = True
    check_list_id: int
    by_id: int


class CheckListMade(CheckListEvent):
    """An officer handed in a list; it waits for a second one if it is long."""


class CheckListApplied(CheckListEvent):
    """All that the list says is done. ``by_id``: who did it – the second officer of a long one."""


class CheckListDeclined(CheckListEvent):
    """The list was refused by another officer, or taken back by the one who made it."""
