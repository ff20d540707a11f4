"""The rule of the numbers of seats in a hall. Pure: the facts are passed in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse_unless
from meetings.rules import keep_council

if TYPE_CHECKING:
    from accounts.models import Anybody


def number_seats(user: Anybody, *, numbers: Iterable[int | None], is_as_seen: bool) -> Verdict:
    """Number the seats of a body, each once; those without a number have none. ``is_as_seen``: they
    are still as the page of who does it showed them."""
    given = [number for number in numbers if number is not None]
    return (
        keep_council(user)
        and refuse_unless(
            is_as_seen,
            "seats.changed",
            _(
                "Somebody else has changed the seats meanwhile. "
                "Please look at them as they are now."
            ),
        )
        and refuse_unless(
            len(given) == len(set(given)),
            "seats.number_twice",
            _("Two seats have the same number."),
        )
        and refuse_unless(
            all(number >= 1 for number in given),
            "seats.number_too_small",
            _("Seats are numbered from 1."),
        )
    )
