"""Rules of repeating a vote that was annulled. Pure: the facts are passed in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse_unless


def repeat(*, keeps_majority: bool) -> Verdict:
    """Repeat a vote on an amendment or on a stopped decision: by the majority that it took."""
    return refuse_unless(
        keeps_majority,
        "rollcall.another_majority",
        _("A vote on an amendment or on a stopped decision is repeated by the same majority."),
    )
