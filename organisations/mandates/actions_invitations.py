"""Actions on invitations to act for an organisation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.email_addresses import to_comparable
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.retention import period_of
from core.domain.rules import Verdict, reject, require
from organisations import rules
from organisations.events import InvitationSent, InvitationWithdrawn
from organisations.mandates.actions import give, heads_of, in_order, unrevoked_mandate
from organisations.mandates.tokens import new_nonce
from organisations.models import Invitation, Mandate, MandatePower, Organisation

#: How long the link in the mail works.
INVITATION_LIVES = timedelta(days=14)


def invite(
    organisation: Organisation,
    *,
    by: User,
    email: str,
    scopes: Iterable[str] = (MandatePower.ALL,),
    is_head: bool = False,
    ends_at: datetime | None = None,
) -> Invitation:
    """Ask whoever has this address to act for the organisation: a mail with a link goes there.

    Whether there is an account with the address is neither asked nor told. An open invitation of
    the same address that has become too old gives way. Refuses by rules.invite and rules.grant, and
    ``invitation.sent_already``. Emits InvitationSent.
    """
    with action():
        organisation = locked(organisation)
        now = clock.now()
        require(_may_invite(by, organisation, is_head=is_head, now=now))
        require(rules.grant(organisation, scopes=scopes, is_head=is_head, ends_at=ends_at, now=now))
        email = to_comparable(email)
        mine = Invitation.objects.filter(organisation=organisation, email=email)
        mine.filter(accepted_at=None, withdrawn_at=None, expires_at__lte=now).update(
            withdrawn_at=now
        )
        try:
            with transaction.atomic():
                invitation = Invitation.objects.create(
                    organisation=organisation,
                    email=email,
                    nonce=new_nonce(),
                    scopes=in_order(scopes),
                    is_head=is_head,
                    ends_at=ends_at,
                    invited_by=by,
                    invited_at=now,
                    expires_at=now + INVITATION_LIVES,
                )
        except IntegrityError:
            reject(
                "invitation.sent_already",
                _("This address has an invitation already. Take it back to send another one."),
            )
        created(invitation)
        emit(InvitationSent(organisation.pk, by.pk, invitation.pk))
        return invitation


def accept(invitation: Invitation, *, by: User) -> Mandate:
    """Take an invitation: from now on one may act for the organisation.

    Refuses by rules.accept and as ``give``; ``invitation.withdrawn`` also when whoever invited may
    not any more. Emits MandateGranted, in the name of whoever invited.
    """
    with action():
        organisation = locked(Organisation(pk=invitation.organisation_id))
        invitation = locked(invitation)
        now = clock.now()
        require(rules.accept(by, invitation, now=now))
        inviting = _may_invite(
            invitation.invited_by, organisation, is_head=invitation.is_head, now=now
        )
        if not inviting:
            require(rules.WITHDRAWN)
        mandate = give(
            organisation,
            by=invitation.invited_by,
            user=by,
            scopes=invitation.scopes,
            is_head=invitation.is_head,
            ends_at=invitation.ends_at,
            now=now,
        )
        invitation.accepted_at, invitation.mandate = now, mandate
        invitation.save(update_fields=["accepted_at", "mandate"])
        created(mandate)
        return mandate


def withdraw_invitation(invitation: Invitation, *, by: User) -> Invitation:
    """Take an invitation back: its link works no more.

    Refuses by rules.run, ``invitation.used``, ``invitation.withdrawn``. Emits InvitationWithdrawn.
    """
    with action():
        organisation = locked(Organisation(pk=invitation.organisation_id))
        invitation = locked(invitation)
        now = clock.now()
        require(rules.run(by, organisation, unrevoked_mandate(organisation, by), now=now))
        require(rules.still_open(invitation))
        invitation.withdrawn_at = now
        invitation.save(update_fields=["withdrawn_at"])
        emit(InvitationWithdrawn(organisation.pk, by.pk, invitation.pk))
        return invitation


def forget_invitations() -> int:
    """Delete invitations whose links stopped working period_of("invitations") ago, taken
    or not: the mandate itself says who gave it. Returns how many."""
    kept = period_of("invitations")
    old = Invitation.objects.filter(expires_at__lt=clock.now() - kept)
    return old.delete()[0]


def _may_invite(by: User, organisation: Organisation, *, is_head: bool, now: datetime) -> Verdict:
    return rules.invite(
        by,
        organisation,
        unrevoked_mandate(organisation, by),
        heads=heads_of(organisation),
        is_head=is_head,
        now=now,
    )
