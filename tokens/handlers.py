"""Handlers of other apps' events, which end tokens."""

from __future__ import annotations

from accounts.events import UserSignedOut
from core.domain.events import within
from tokens import actions


@within(UserSignedOut)
def end_with_the_sessions(event: UserSignedOut) -> None:
    """Signed out everywhere – suspension, another password, or because something was stolen –
    means programs too. The end of one session ends no token."""
    if not event.session_key:
        actions.revoke_all(event.user_id)
