"""Rules of who sits in the council. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse_unless
from meetings.models import Body
from meetings.rules.roles import keep_council

if TYPE_CHECKING:
    from accounts.models import Anybody
    from meetings.models import Seat


def add_named(user: Anybody, *, name: str) -> Verdict:
    """Add a faction or a deputy by their name."""
    return keep_council(user) and refuse_unless(
        name.strip(), "council.name_missing", _("Please write the name.")
    )


def add_body(user: Anybody, *, name: str, kind: str, membership: int, is_there: bool) -> Verdict:
    """Add a body: one council and one executive committee, as many standing committees as there
    are. ``is_there``: one of its kind is there already."""
    return (
        add_named(user, name=name)
        and refuse_unless(
            membership >= 1, "council.no_members", _("A body has at least one member.")
        )
        and refuse_unless(
            kind == Body.Kind.COMMITTEE or not is_there,
            "council.body_is_there",
            _("The council has a body of this kind already."),
        )
    )


def seat(user: Anybody, body: Body, *, taken: int, has_seat: bool, is_head: bool) -> Verdict:
    """Give a seat in it: of those that are left; the head of the city sits in the council beside
    them."""
    return (
        keep_council(user)
        and refuse_unless(
            not has_seat, "council.has_a_seat", _("They have a seat in this body already.")
        )
        and refuse_unless(
            is_head or taken < body.membership,
            "council.no_seat_left",
            _("All seats of this body are taken."),
        )
        and refuse_unless(
            not is_head or body.kind == Body.Kind.COUNCIL,
            "council.head_of_the_council",
            _("Only the council counts the head of the city beside its members."),
        )
    )


def end_seat(user: Anybody, given: Seat, *, until: date) -> Verdict:
    """End a seat, not before it began."""
    return keep_council(user) and refuse_unless(
        until >= given.since,
        "council.ends_before_it_begins",
        _("A seat cannot end before it begins."),
    )
