"""Queries of invitations that wait, for the staff pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import StaffInvitation
from accounts.staff import grant_targets

#: So many of the newest are shown at once.
MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class ShownInvitation:
    """An invitation, and the title of the one thing that its role is for ("": of no such thing).
    ``grant``: the same, by the name under which templates of grants know it."""

    invitation: StaffInvitation
    about: str

    @property
    def grant(self) -> StaffInvitation:
        return self.invitation


def show_invitations(invitations: Iterable[StaffInvitation]) -> list[ShownInvitation]:
    """Invitations with the titles of what they are for: a query for each kind of thing."""
    found = list(invitations)
    titles = grant_targets.titles_of(each.scope for each in found)
    return [ShownInvitation(each, titles.get(each.scope, each.scope)) for each in found]


def open_invitations() -> list[ShownInvitation]:
    """Those that can still be accepted, the newest first: a query, and one for each kind of
    thing."""
    rows = StaffInvitation.objects.open().select_related("department", "invited_by")
    return show_invitations(rows.order_by("-pk")[:MOST_SHOWN])
