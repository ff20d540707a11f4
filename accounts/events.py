"""Events of people and their accounts. Ids only."""

from __future__ import annotations

from typing import ClassVar

from core.domain.events import Event


class UserEvent(Event):
    """Something happened to ``user_id``; ``by_id`` is None for a command or a job."""

    audited: ClassVar[bool] = True
    user_id: int
    by_id: int | None


class UserSignedUp(UserEvent):
    """Somebody signed up; the address is not confirmed yet."""


class DocumentsAgreed(UserEvent):
    """Somebody agreed to the versions of the documents that are in force now."""


class UserSuspended(UserEvent):
    """May not sign in or act any more; all sessions have ended."""


class UserReinstated(UserEvent):
    pass


class PasswordChanged(UserEvent):
    pass


class EmailChanged(UserEvent):
    pass


class PublicNameChanged(UserEvent):
    """The name shown beside the person's contributions has changed."""


class UserSignedOut(Event):
    """A session has ended. ``session_key`` is "" when several may have: look at each again.

    Not audited, and never to be sent over a topic: the key is a secret until it has ended.
    """

    user_id: int
    session_key: str = ""


class PersonRegistered(UserEvent):
    """An officer registered somebody at the office who has no e-mail."""


class SheetMade(UserEvent):
    """Somebody has a new sheet of codes; the one before is void."""

    sheet_id: int


class PaperCodeUsed(UserEvent):
    """Somebody signed in by a code from their sheet."""

    sheet_id: int
