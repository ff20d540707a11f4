"""Actions on tokens."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import ClassVar

from accounts.models import User
from core.domain import clock, idempotency_keys
from core.domain.actions import action, locked
from core.domain.events import Event, emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from tokens import rules
from tokens.models import Token


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


#: What every token begins with, so that scanners of published code recognise a lost one.
PREFIX = "viche_"


def digest_of(plain: str) -> str:
    """The stored digest of a token. It has 256 random bits: no salt and no slow hash are needed."""
    return sha256(plain.encode()).hexdigest()


def text_of_form() -> str:
    """The text of a token: random, or of the form under way if that has a key, so that a form that
    is sent twice is answered alike."""
    return PREFIX + (idempotency_keys.secret("token") or token_urlsafe(32))


def create(user: User, *, name: str, scopes: Collection[str], days: int) -> tuple[Token, str]:
    """A new token and its text, which nobody can be shown again.

    ``days``: one of LIFETIMES. Refuses by rules.create. Emits TokenCreated.
    """
    plain = text_of_form()
    works_for_council = bool(user.grants_in_force)
    with action():
        user = locked(user)  # so that twenty at once are counted one after the other
        held = Token.objects.in_force().filter(user=user).count()
        require(
            rules.create(
                user,
                name=name,
                scopes=scopes,
                days=days,
                held=held,
                works_for_council=works_for_council,
            )
        )
        now = clock.now()
        token = Token.objects.create(
            user=user,
            name=name.strip(),
            digest=digest_of(plain),
            scopes=sorted(set(scopes)),
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        created(token)
        emit(TokenCreated(token.pk, user.pk, user.pk))
        return token, plain


def revoke(token: Token, *, by: User) -> Token:
    """End a token at once; the next request with it is refused.

    Refuses by rules.revoke. Emits TokenRevoked.
    """
    with action():
        token = locked(token)
        require(rules.revoke(by, token))
        token.revoked_at = clock.now()
        token.save(update_fields=["revoked_at"])
        emit(TokenRevoked(token.pk, token.user_id, by.pk))
        return token


def revoke_all(user_id: int) -> None:
    """End every token of a person, inside an action. Emits TokenRevoked for each."""
    standing = Token.objects.in_force().filter(user=user_id).select_for_update(no_key=True)
    ended = list(standing.order_by("pk").values_list("pk", flat=True))
    Token.objects.filter(pk__in=ended).update(revoked_at=clock.Now())
    for pk in ended:
        emit(TokenRevoked(pk, user_id, None))
