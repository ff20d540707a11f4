"""Handlers of events: accounts that are joined."""

from __future__ import annotations

from collections.abc import Collection

from accounts.identity.events import AccountsMerged
from accounts.locks import guards
from core.domain.events import within
from insights.models import PanelConsent, PanelMember


@within(AccountsMerged)
def accounts_merged(event: AccountsMerged) -> None:
    """Move the consent and the memberships of the merged account to the kept one; the kept
    account's own ones win."""
    kept, gone = event.kept_id, event.gone_id
    if PanelConsent.objects.filter(user=kept).exists():
        PanelConsent.objects.filter(user=gone).delete()
    PanelConsent.objects.filter(user=gone).update(user=kept)
    places = PanelMember.objects.filter(user=gone)
    answered = places.filter(has_answered=True).values("panel")
    mine = PanelMember.objects.filter(user=kept, panel__in=answered)
    mine.update(is_drawn=True, has_answered=True)  # one person answers once
    places.filter(panel__in=PanelMember.objects.filter(user=kept).values("panel")).delete()
    places.update(user=kept)


@guards
def lock_of(people: Collection[int]) -> None:
    """Lock their places in panels."""
    rows = PanelMember.objects.filter(user__in=people).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk", flat=True))
