"""Give residences and codes on paper over when two accounts of one person become one.

The kept account holds the better of the two residences: a checked one before a declared one, then
the one that lasts longer.
"""

from __future__ import annotations

from datetime import UTC, datetime

from accounts.identity.events import AccountsMerged
from accounts.models import CheckListRow, PaperAccount, PaperSheet, Residence, ResidenceLetter
from core.domain.clock import Now
from core.domain.events import within

_NEVER = datetime.min.replace(tzinfo=UTC)


@within(AccountsMerged)
def accounts_merged(event: AccountsMerged) -> None:
    """Give the residences, the rows of lists and the sheet of the one account to the other."""
    kept, gone = event.kept_id, event.gone_id
    _one_home(kept, gone)
    Residence.objects.filter(user=gone).update(user=kept)
    there = CheckListRow.objects.filter(user=kept).values("check_list")
    CheckListRow.objects.filter(user=gone, check_list__in=there).delete()
    CheckListRow.objects.filter(user=gone).update(user=kept)
    if PaperAccount.objects.filter(user=kept).exists():
        PaperSheet.objects.filter(account__user=gone, void_at=None).update(void_at=Now())
    else:
        PaperAccount.objects.filter(user=gone).update(user=kept)


def _one_home(kept: int, gone: int) -> None:
    """End the worse of two current residences, its letters with it."""
    homes = Residence.objects.current().filter(user__in=[kept, gone])
    ranked = sorted(homes, key=lambda home: (home.expires_at or _NEVER, home.user_id == kept))
    for worse in ranked[:-1]:
        ResidenceLetter.objects.open().filter(residence=worse).update(void_at=Now())
        worse.ended_at, worse.address = Now(), ""
        worse.save(update_fields=["ended_at", "address"])
