"""Grants and absences as pages and mails show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Absence, Grant
from accounts.staff import grant_targets


@dataclass(frozen=True, slots=True)
class ShownGrant:
    """A grant, and the title of the one thing that it is for (``about``; "": of no such thing)."""

    grant: Grant
    about: str

    def is_over(self, now: datetime) -> bool:
        """Revoked, or its time has passed."""
        ends_at = self.grant.ends_at
        return self.grant.revoked_at is not None or (ends_at is not None and ends_at <= now)


@dataclass(frozen=True, slots=True)
class ShownAbsence:
    """An absence; ``is_over``: its cover was ended early, or its time has passed."""

    absence: Absence
    is_over: bool


def show_grants(grants: Iterable[Grant]) -> list[ShownGrant]:
    """Grants with the titles of what they are for: a query for each kind of thing."""
    grants = list(grants)
    titles = grant_targets.titles_of(grant.scope for grant in grants)
    return [ShownGrant(grant, titles.get(grant.scope, grant.scope)) for grant in grants]


def show_absences(absences: Iterable[Absence], *, now: datetime) -> list[ShownAbsence]:
    """Absences, and whether they are over; no query."""
    return [
        ShownAbsence(each, is_over=each.ended_at is not None or each.ends_at <= now)
        for each in absences
    ]
