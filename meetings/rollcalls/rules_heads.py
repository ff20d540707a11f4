"""Rules of the head of the city in roll-calls. Pure: the facts are passed in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse_unless


def check_counted(*, is_left_out: bool) -> Verdict:
    """Vote as the head of the city: only where they were in the hall as it was opened, because the
    total is fixed then (280/97-ВР art. 59). ``is_left_out``: the head was not."""
    return refuse_unless(
        not is_left_out,
        "rollcall.head_left_out",
        _(
            "The head was not in the hall when this vote was opened: they are not in its total, "
            "and do not vote in it."
        ),
    )
