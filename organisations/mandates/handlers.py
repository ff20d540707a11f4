"""Handlers of other apps' events: the mandates of two accounts that become one are joined."""

from __future__ import annotations

from datetime import datetime

from accounts.identity.events import AccountsMerged
from core.domain import clock
from core.domain.actions import action
from core.domain.events import emit, within
from organisations.events import ClaimJoined, MandateChanged, MandateGranted, MandateRevoked
from organisations.mandates.actions import in_order
from organisations.models import Invitation, Mandate, Organisation


@within(AccountsMerged)
def accounts_merged(event: AccountsMerged) -> None:
    """The person goes on acting for whom they acted by either account."""
    take_over(kept_id=event.kept_id, gone_id=event.gone_id)


def take_over(*, kept_id: int, gone_id: int) -> None:
    """Let ``kept_id`` act for all for whom ``gone_id`` acts, to the same extent and until the same
    day. Where both have a mandate, one takes the place of both: the one that reaches further, or,
    where neither does, the scopes of the two until the earlier end, so that nothing lasts longer
    than it was given for. Head if one was. What ``gone_id`` registered is registered by
    ``kept_id``.

    Call it inside the action that merges the accounts: that holds the organisations' locks
    (accounts.locks). Emits MandateRevoked for each of ``gone_id``, and MandateGranted or
    MandateChanged; ClaimJoined where both had registered by one code.
    """
    with action():
        now = clock.now()
        theirs = Mandate.objects.filter(user_id__in=(kept_id, gone_id), revoked_at=None)
        _take_over_claims(kept_id, gone_id)
        own = {m.organisation_id: m for m in theirs.filter(user_id=kept_id)}
        for old in theirs.filter(user_id=gone_id).order_by("organisation"):
            before = own.get(old.organisation_id)
            for ended in (old, before):
                if ended is not None:
                    ended.revoked_at, ended.revoked_by_id = now, kept_id
                    ended.save(update_fields=["revoked_at", "revoked_by"])
            emit(MandateRevoked(old.pk, old.organisation_id, gone_id, kept_id))
            _give_both(old, before, kept_id=kept_id, now=now)


def _give_both(old: Mandate, before: Mandate | None, *, kept_id: int, now: datetime) -> None:
    current = [m for m in (old, before) if m is not None and not m.has_ended(now)]
    if not current:
        return
    scopes, ends_at = _reach(current)
    made = Mandate.objects.create(
        organisation_id=old.organisation_id,
        user_id=kept_id,
        is_head=any(m.is_head for m in current),
        scopes=in_order(scopes),
        starts_at=now,
        ends_at=ends_at,
        granted_by=old.granted_by,
    )
    if before is None:
        emit(MandateGranted(made.pk, made.organisation_id, kept_id, kept_id))
    else:
        emit(MandateChanged(made.pk, made.organisation_id, kept_id, kept_id, before.pk))


def _reach(current: list[Mandate]) -> tuple[set[str], datetime | None]:
    """The scopes and the end of the mandate that takes the place of these."""
    scopes = {scope for mandate in current for scope in mandate.scopes}
    if any(mandate.is_head for mandate in current):
        return scopes, None  # a head may give themselves the rest
    for one in current:
        if all(_reaches(one, other) for other in current):
            return set(one.scopes), one.ends_at
    return scopes, min((each.ends_at for each in current if each.ends_at), default=None)


def _reaches(one: Mandate, other: Mandate) -> bool:
    """Whether ``one`` allows all that ``other`` does, for as long."""
    lasts = one.ends_at is None or (other.ends_at is not None and other.ends_at <= one.ends_at)
    return lasts and all(one.covers(scope) for scope in other.scopes)


def _take_over_claims(kept_id: int, gone_id: int) -> None:
    """Join two unconfirmed claims to one code: the other is closed."""
    open_ = Organisation.objects.filter(closed_at=None)
    own = open_.filter(registered_by=kept_id).values_list("code", "code_key", "pk")
    kept = {(code, key): pk for code, key, pk in own}
    for claim in open_.filter(registered_by=gone_id, confirmed_at=None):
        if taken_by := kept.get((claim.code, claim.code_key)):
            open_.filter(pk=claim.pk).update(closed_at=clock.Now(), closed_by=kept_id)
            emit(ClaimJoined(claim.pk, taken_by, kept_id))
    Organisation.objects.filter(registered_by=gone_id).update(registered_by=kept_id)
    Invitation.objects.filter(invited_by=gone_id).update(invited_by=kept_id)
