"""The mail to a person in whose name a program may act now: a token was made."""

from __future__ import annotations

from accounts.models import User
from core.domain.events import within
from notifications.mails.contents import Context, mail
from notifications.sending.mail import defer
from tokens.actions import TokenCreated
from tokens.models import Token


@within(TokenCreated)
def token_made(event: TokenCreated) -> None:
    defer(
        "tokens/token_made",
        user_id=event.user_id,
        about=f"token:{event.token_id}",
        token_id=event.token_id,
    )


@mail("tokens/token_made")
def _token_made(user: User, *, token_id: int) -> Context:
    """Told also when it was revoked meanwhile: somebody made it."""
    token = Token.objects.filter(pk=token_id, user=user).first()
    return None if token is None else {"name": token.name}
