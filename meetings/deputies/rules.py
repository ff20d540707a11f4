"""Rules of who sits in the council. Pure: the facts are passed in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.domain.rules import Verdict, refuse_unless
from meetings.models import Body
from meetings.rules import keep_council

if TYPE_CHECKING:
    from accounts.models import Anybody
    from meetings.models import Deputy, Seat


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


def allow_video(user: Anybody, *, number: str, date: date, today: date) -> Verdict:
    """Let members of a body take part by videoconference: by an act that is there already."""
    return (
        keep_council(user)
        and refuse_unless(
            number.strip(), "council.act_missing", _("Please give the number of the act.")
        )
        and refuse_unless(
            date <= today,
            "council.act_to_come",
            _("The act is not adopted yet: it is of a later day."),
        )
    )


def edit_deputy(user: Anybody, deputy: Deputy, *, name: str, until: date | None) -> Verdict:
    """Change what is said of a deputy, or end their powers, not before they began."""
    return add_named(user, name=name) and refuse_unless(
        until is None or until >= deputy.since,
        "council.powers_end_before_they_begin",
        _("Powers cannot end before they begin."),
    )


def edit_body(
    user: Anybody,
    body: Body,
    *,
    name: str,
    membership: int,
    taken: int,
    is_closed: bool,
    meets: bool,
    is_there: bool,
) -> Verdict:
    """Change what a body is called, its total, and whether it still meets. ``taken``: how many of
    its seats are; ``meets``: it has a meeting that is announced or going on; ``is_there``: another
    one of its kind meets."""
    return (
        add_body(user, name=name, kind=body.kind, membership=membership, is_there=is_there)
        and refuse_unless(
            membership >= taken,
            "council.more_seats_taken",
            _("More of its seats are taken than that. Please end these first."),
        )
        and refuse_unless(
            not (is_closed and meets),
            "council.body_meets",
            _("A meeting of it is announced or going on. Please close or cancel that first."),
        )
    )


def change_chair(
    user: Anybody, *, since: date, has_seat: bool, chairs: bool, chaired_since: date | None
) -> Verdict:
    """Say who chairs a body from a day on: one of its members on that day. ``chairs``: they do
    already; ``chaired_since``: since when who chairs it now does."""
    return (
        keep_council(user)
        and refuse_unless(
            has_seat, "council.chair_has_no_seat", _("They have no seat in this body on that day.")
        )
        and refuse_unless(
            not chairs, "council.chairs_already", _("They chair it on that day already.")
        )
        and refuse_unless(
            chaired_since is None or since >= chaired_since,
            "council.chair_before_the_last",
            _("Who chairs it now began later than that."),
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
