"""Who may make and end tokens. Pure: the facts are passed in."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts import rules as accounts
from core.domain.rules import ALLOWED, Verdict, refuse
from tokens.models import LIFETIMES, Scope

if TYPE_CHECKING:
    from accounts.models import Anybody
    from tokens.models import Token

#: Tokens in force that one person may have.
MOST = 20


def create(user: Anybody, *, name: str, scopes: Collection[str], days: int, held: int) -> Verdict:
    """Anybody signed in, for herself; ``held``: tokens that she has in force."""
    verdict = accounts.act(user)
    if not verdict:
        return verdict
    if not name.strip():
        return refuse("token.name_missing", _("Say what the token is for."))
    if not scopes or not set(scopes) <= set(Scope.values):
        return refuse("token.no_such_scope", _("Say what the program may do."))
    if days not in LIFETIMES:
        return refuse("token.no_such_lifetime", _("Say how long the token lasts."))
    if held >= MOST:
        return refuse(
            "token.too_many",
            _("You have %(most)d tokens already. Revoke one that you do not need.")
            % {"most": MOST},
            most=MOST,
        )
    return ALLOWED


def revoke(by: Anybody, token: Token) -> Verdict:
    """Its owner, once."""
    verdict = accounts.act(by)
    if not verdict:
        return verdict
    if token.user_id != by.pk:
        return refuse("token.not_yours", _("This is somebody else’s token."))
    if token.revoked_at is not None:
        return refuse("token.revoked_already", _("The token is revoked already."))
    return ALLOWED
