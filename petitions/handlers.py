"""Handlers of events of accounts and of the calendar, and the rows that petitions lock."""

from __future__ import annotations

from collections.abc import Collection

from accounts.identity.events import AccountsMerged
from accounts.locks import guards
from city.events import MartialLawChanged
from core.domain.events import within
from petitions import actions
from petitions.models import News, Petition, Signature


@within(AccountsMerged)
def accounts_merged(event: AccountsMerged) -> None:
    """What one account began is the other's."""
    Petition.objects.filter(author=event.gone_id).update(author=event.kept_id)
    News.objects.filter(by=event.gone_id).update(by=event.kept_id)


@guards
def guard(people: Collection[int]) -> None:
    """The petitions that they began, then their signatures, which a removal may be changing."""
    begun = Petition.objects.filter(author__in=people).order_by("pk")
    signed = Signature.objects.filter(user__in=people).order_by("pk")
    for rows in (begun, signed):
        list(rows.select_for_update(no_key=True).values_list("pk", flat=True))


@within(MartialLawChanged)
def martial_law_changed(event: MartialLawChanged) -> None:
    """Which days are working days is another thing now."""
    actions.recount_terms(by=event.by_id)
