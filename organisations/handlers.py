"""Handlers of other apps' events."""

from __future__ import annotations

from accounts.identity.events import AccountsMerged
from core.domain.events import within
from organisations.mandates.merging import take_over


@within(AccountsMerged)
def accounts_merged(event: AccountsMerged) -> None:
    """The person goes on acting for whom they acted by either account."""
    take_over(kept_id=event.kept_id, gone_id=event.gone_id)
