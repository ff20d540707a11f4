"""Events of people without e-mail and of their sheets. Ids only; each leaves a trace."""

from __future__ import annotations

from accounts.events import UserEvent


class PersonRegistered(UserEvent):
    """An officer registered somebody at the office who has no e-mail."""


class SheetMade(UserEvent):
    """Somebody has a new sheet of codes; the one before is void."""

    sheet_id: int


class PaperCodeUsed(UserEvent):
    """Somebody signed in by a code from their sheet."""

    sheet_id: int
