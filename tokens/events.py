"""Events of tokens. Ids only."""

from __future__ import annotations

from typing import ClassVar

from core.domain.events import Event


class TokenEvent(Event):
    """Something happened to a token of ``user_id``."""

    audited: ClassVar[bool] = True
    token_id: int
    user_id: int
    by_id: int | None


class TokenCreated(TokenEvent):
    """A program may act in the person's name from now on."""


class TokenRevoked(TokenEvent):
    """The program may not any more; ``by_id`` is None when a sign-out everywhere ended it."""
