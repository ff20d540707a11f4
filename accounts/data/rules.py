"""Rules of downloading and erasing personal data. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.rules import act
from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody, Export, User

EXPIRED = refuse(
    "data.export_expired", _("This download has expired and is deleted. You can ask for a new one.")
)


def ask_export(user: Anybody, *, under_way: bool) -> Verdict:
    """Have everything about oneself put together: one download at a time."""
    return act(user) and refuse_unless(
        not under_way,
        "data.export_under_way",
        _("Your download is being prepared already. Please wait."),
    )


def take_export(user: Anybody, export: Export, *, now: datetime) -> Verdict:
    """Download it: its owner alone, while it is there."""
    has_expired = export.ended_at or (export.expires_at and export.expires_at <= now)
    return (
        act(user)
        and refuse_unless(
            export.user_id == user.pk, "data.not_yours", _("This download is somebody else’s.")
        )
        and (EXPIRED if has_expired else ALLOWED)
        and refuse_unless(
            export.ready_at, "data.export_not_ready", _("This download is not ready yet.")
        )
    )


def erase(by: Anybody | None, user: User) -> Verdict:
    """Erase an account: one's own. ``by`` None: whoever runs the server, on a written request.

    Somebody who works for the council gives that up first: who decided what must be answerable.
    """
    return (
        (ALLOWED if by is None else _be(by, user))
        and refuse_unless(
            not user.erased_at, "data.erased_already", _("This account is erased already.")
        )
        and refuse_unless(
            not user.is_staff,
            "data.works_for_council",
            _(
                "You have a role of the council here. Ask an administrator to end it; then you can "
                "erase your account."
            ),
        )
    )


def _be(by: Anybody, user: User) -> Verdict:
    return act(by) and refuse_unless(
        by.pk == user.pk, "data.not_oneself", _("You can erase your own account only.")
    )
