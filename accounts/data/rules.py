"""Who may do what with what is held about a person. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.rules import act
from core.domain.rules import ALLOWED, Verdict, refuse

if TYPE_CHECKING:
    from accounts.models import Anybody, Export, User

EXPIRED = refuse(
    "data.export_expired", _("This download has expired and is deleted. You can ask for a new one.")
)


def ask_export(user: Anybody, *, under_way: bool) -> Verdict:
    """Have everything about oneself put together: one download at a time."""
    verdict = act(user)
    if verdict and under_way:
        return refuse(
            "data.export_under_way", _("Your download is being prepared already. Please wait.")
        )
    return verdict


def take_export(user: Anybody, export: Export, *, now: datetime) -> Verdict:
    """Download it: its owner alone, while it is there."""
    verdict = act(user)
    if not verdict:
        return verdict
    if export.user_id != user.pk:
        return refuse("data.not_yours", _("This download is somebody else’s."))
    if export.ended_at or (export.expires_at and export.expires_at <= now):
        return EXPIRED
    if not export.ready_at:
        return refuse("data.export_not_ready", _("This download is not ready yet."))
    return ALLOWED


def erase(by: Anybody | None, user: User) -> Verdict:
    """Erase an account: one's own. ``by`` None: whoever runs the server, on a written request.

    Somebody who works for the council gives that up first: who decided what must be answerable.
    """
    if by is not None:
        verdict = act(by)
        if not verdict:
            return verdict
        if by.pk != user.pk:
            return refuse("data.not_oneself", _("You can erase your own account only."))
    if user.erased_at:
        return refuse("data.erased_already", _("This account is erased already."))
    if user.is_staff:
        return refuse(
            "data.works_for_council",
            _(
                "You have a role of the council here. Ask an administrator to end it; then you can "
                "erase your account."
            ),
        )
    return ALLOWED
