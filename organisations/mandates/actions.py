"""Actions on mandates, under the lock of their organisation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from accounts.models import User
from accounts.rules import sign_with_name
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from organisations import rules
from organisations.events import MandateChanged, MandateGranted, MandateRevoked
from organisations.models import Mandate, MandatePower, Organisation


def grant(
    organisation: Organisation,
    *,
    by: User,
    user: User,
    scopes: Iterable[str] = (MandatePower.ALL,),
    is_head: bool = False,
    ends_at: datetime | None = None,
) -> Mandate:
    """Give a mandate to somebody who has agreed to have it, from now on.

    Refuses by rules.run and as ``give``. Emits MandateGranted.
    """
    with action():
        organisation = locked(organisation)
        now = clock.now()
        require(rules.run(by, organisation, unrevoked_mandate(organisation, by), now=now))
        return give(
            organisation,
            by=by,
            user=user,
            scopes=scopes,
            is_head=is_head,
            ends_at=ends_at,
            now=now,
        )


def change_mandate(
    mandate: Mandate,
    *,
    by: User,
    scopes: Iterable[str],
    is_head: bool = False,
    ends_at: datetime | None = None,
) -> Mandate:
    """Let a mandate end and another take its place at once; returns the new one.

    Refuses by rules.end and rules.grant. Emits MandateChanged, unless nothing changed.
    """
    with action():
        organisation, mandate, now = _lock_mandate(mandate)
        require(rules.run(by, organisation, unrevoked_mandate(organisation, by), now=now))
        require(
            rules.change(
                organisation,
                mandate,
                is_head=is_head,
                other_heads=heads_of(organisation, beside=mandate),
            )
        )
        require(rules.grant(organisation, scopes=scopes, is_head=is_head, ends_at=ends_at, now=now))
        kept = in_order(scopes)
        if (kept, is_head, ends_at) == (mandate.scopes, mandate.is_head, mandate.ends_at):
            return mandate
        _end(mandate, by=by, now=now)
        made = Mandate.objects.create(
            organisation=organisation,
            user_id=mandate.user_id,
            scopes=kept,
            is_head=is_head,
            starts_at=now,
            ends_at=ends_at,
            granted_by=by,
        )
        created(made)
        emit(MandateChanged(made.pk, organisation.pk, made.user_id, by.pk, mandate.pk))
        return made


def revoke(mandate: Mandate, *, by: User) -> Mandate:
    """End a mandate at this moment: somebody's, or one's own when leaving.

    Refuses by rules.end. Emits MandateRevoked.
    """
    with action():
        organisation, mandate, now = _lock_mandate(mandate)
        require(
            rules.end(
                by,
                organisation,
                mandate,
                unrevoked_mandate(organisation, by),
                other_heads=heads_of(organisation, beside=mandate),
                now=now,
            )
        )
        _end(mandate, by=by, now=now)
        emit(MandateRevoked(mandate.pk, organisation.pk, mandate.user_id, by.pk))
        return mandate


def give(
    organisation: Organisation,
    *,
    by: User,
    user: User,
    scopes: Iterable[str],
    is_head: bool,
    ends_at: datetime | None,
    now: datetime,
) -> Mandate:
    """Write a mandate, inside an action that holds the organisation's lock and has asked who may.

    Refuses by accounts.rules.sign_with_name of ``user``, rules.grant and
    ``mandate.held_already``. Emits MandateGranted.
    """
    require(sign_with_name(user))
    require(rules.grant(organisation, scopes=scopes, is_head=is_head, ends_at=ends_at, now=now))
    held = Mandate.objects.filter(organisation=organisation, user=user, revoked_at=None).first()
    if held is not None and not held.has_ended(now):
        require(rules.HELD_ALREADY)
    if held is not None:  # its date has passed, and nobody revoked it
        held.revoked_at = held.ends_at
        held.save(update_fields=["revoked_at"])
    mandate = Mandate.objects.create(
        organisation=organisation,
        user=user,
        scopes=in_order(scopes),
        is_head=is_head,
        starts_at=now,
        ends_at=ends_at,
        granted_by=by,
    )
    emit(MandateGranted(mandate.pk, organisation.pk, user.pk, by.pk))
    return mandate


def unrevoked_mandate(organisation: Organisation, user: User) -> Mandate | None:
    """The person's mandate that nobody has revoked, if there is one."""
    return Mandate.objects.filter(organisation=organisation, user=user, revoked_at=None).first()


def heads_of(organisation: Organisation, *, beside: Mandate | None = None) -> int:
    """Number of people who run it now (beside one of them). Under the organisation's lock it stays
    so.

    Who is suspended runs nothing.
    """
    heads = Mandate.objects.current().filter(
        organisation=organisation, is_head=True, user__is_active=True
    )
    return heads.exclude(pk=beside.pk).count() if beside else heads.count()


def in_order(scopes: Iterable[str]) -> list[str]:
    """Scopes as they are kept: each once, in their order; with «everything» nothing besides."""
    given = set(scopes)
    if MandatePower.ALL in given:
        return [MandatePower.ALL.value]
    return [scope.value for scope in MandatePower if scope in given]


def _lock_mandate(mandate: Mandate) -> tuple[Organisation, Mandate, datetime]:
    """The organisation first, as everywhere: its row is the lock of all its mandates."""
    organisation = locked(Organisation(pk=mandate.organisation_id))
    return organisation, locked(mandate), clock.now()


def _end(mandate: Mandate, *, by: User | None, now: datetime) -> None:
    mandate.revoked_at, mandate.revoked_by = now, by
    mandate.save(update_fields=["revoked_at", "revoked_by"])
