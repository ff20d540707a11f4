"""Rules of making and ending tokens. Pure: the facts are passed in."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts import rules as accounts
from core.domain.rules import Verdict, refuse_unless
from tokens.models import LIFETIMES, Scope

if TYPE_CHECKING:
    from accounts.models import Anybody
    from tokens.models import Token

#: Tokens in force that one person may have.
MOST = 20


#: Scopes of what the council's staff alone do.
OF_STAFF = frozenset({Scope.SERVICES_WRITE})


def create(
    user: Anybody,
    *,
    name: str,
    scopes: Collection[str],
    days: int,
    held: int,
    works_for_council: bool,
) -> Verdict:
    """Anybody signed in, for themselves; ``held``: tokens that they have in force.

    ``works_for_council``: the session has shown a second factor, and a role is in force.
    """
    return (
        accounts.act(user)
        and refuse_unless(name.strip(), "token.name_missing", _("Say what the token is for."))
        and refuse_unless(
            scopes and set(scopes) <= set(Scope.values),
            "token.no_such_scope",
            _("Say what the program may do."),
        )
        and refuse_unless(
            works_for_council or OF_STAFF.isdisjoint(scopes),
            "token.staff_only",
            _("Only those who work for the council let a program do this."),
        )
        and refuse_unless(
            days in LIFETIMES, "token.no_such_lifetime", _("Say how long the token lasts.")
        )
        and refuse_unless(
            held < MOST,
            "token.too_many",
            _("You have %(most)d tokens already. Revoke one that you do not need.")
            % {"most": MOST},
            most=MOST,
        )
    )


def revoke(by: Anybody, token: Token) -> Verdict:
    """Its owner, once."""
    return (
        accounts.act(by)
        and refuse_unless(
            token.user_id == by.pk, "token.not_yours", _("This is somebody else’s token.")
        )
        and refuse_unless(
            token.revoked_at is None, "token.revoked_already", _("The token is revoked already.")
        )
    )
