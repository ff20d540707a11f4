"""Who may see the pages that gather from many apps. Pure: the facts are passed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts import rules as account_rules
from core.rules import ALLOWED, Verdict, refuse

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


def use_desk(user: User | AnonymousUser) -> Verdict:
    """See the desk: whoever holds a role of the council, by a session that proved it twice."""
    verdict = account_rules.act(user)
    if not verdict:
        return verdict
    if user.is_anonymous or not user.grants_in_force:
        return refuse("desk.staff_only", _("This page is for those who work for the council."))
    return ALLOWED
