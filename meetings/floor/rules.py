"""Rules of taking part by telephone. Pure: the facts are passed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse_unless

if TYPE_CHECKING:
    from meetings.models import Deputy


def be_deputy(deputy: Deputy | None) -> Verdict:
    """Vote at all: with an account that is a deputy's."""
    return refuse_unless(
        deputy, "meeting.deputies_only", _("Only a deputy votes here, by their own account.")
    )
