"""Handlers of events of accounts and of the calendar; the rows that appeals lock."""

from __future__ import annotations

from collections.abc import Collection

from accounts.identity.events import AccountsMerged
from accounts.locks import guards
from appeals import actions
from appeals.models import Appeal
from city.events import MartialLawChanged
from core.domain.events import within


@within(AccountsMerged)
def accounts_merged(event: AccountsMerged) -> None:
    """Reassign the appeals of a merged account."""
    Appeal.objects.filter(author=event.gone_id).update(author=event.kept_id)


@guards
def guard(people: Collection[int]) -> None:
    """The appeals that they filed."""
    filed = Appeal.objects.filter(author__in=people).order_by("pk")
    list(filed.select_for_update(no_key=True).values_list("pk", flat=True))


@within(MartialLawChanged)
def martial_law_changed(event: MartialLawChanged) -> None:
    """Which days are working days is another thing now."""
    actions.recount_terms(by=event.by_id)
