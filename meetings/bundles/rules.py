"""Rules of votes on several items at once. Pure."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse, refuse_unless

EMPTY = refuse("bundle.empty", _("Please choose the items that are decided together."))


def choose(*, wanted: int, found: int) -> Verdict:
    """At least one other item, each of them planned and not considered yet."""
    return refuse_unless(wanted, EMPTY.code, EMPTY.message) and refuse_unless(
        wanted == found,
        "bundle.not_planned",
        _("An item that you chose is considered already, or off the agenda."),
    )
