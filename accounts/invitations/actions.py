"""Actions on invitations to work for the council. Each leaves an audit entry."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.invitations import rules
from accounts.invitations.events import (
    StaffInvitationAccepted,
    StaffInvitationRevoked,
    StaffInvited,
)
from accounts.invitations.models import INVITATION_LIVES
from accounts.invitations.tokens import new_nonce
from accounts.models import Grant, StaffInvitation, User
from accounts.staff import actions as staff
from accounts.staff import grant_targets
from accounts.staff.rules import lasts
from city.models import Department
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.email_addresses import to_comparable
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import Refused, reject, require


def invite(
    email: str,
    *,
    by: User,
    role: str,
    department: Department | None = None,
    scope: str = "",
    ends_at: datetime | None = None,
    reason: str = "",
    post: str = "",
    post_genitive: str = "",
    patronymic: str = "",
    language: str = "uk",
) -> StaffInvitation:
    """Offer a role to whoever has this address: a mail with a link goes there, in ``language``.

    Nothing is read of accounts, so that known and unknown addresses are answered alike. ``scope``,
    ``ends_at`` and what letters print: as staff.actions.grant. Refuses by rules.invite,
    staff.rules.lasts and ``staff.no_such_thing``. Emits StaffInvited.
    """
    with action():
        now = clock.now()
        by.refresh_from_db(fields=["is_active", "is_staff"])
        require(
            rules.invite(
                by,
                email=email,
                role=role,
                department_id=department.pk if department else None,
                scope=scope,
                post=post,
                post_genitive=post_genitive,
                reason=reason,
            )
        )
        require(lasts(now, ends_at, now=now))
        if scope and not grant_targets.exists(scope):
            reject("staff.no_such_thing", _("There is no such thing: name it as consultation:12."))
        made = StaffInvitation.objects.create(
            email=to_comparable(email),
            language=language,
            nonce=new_nonce(),
            role=role,
            department=department,
            scope=scope,
            post=post.strip(),
            post_genitive=post_genitive.strip(),
            patronymic=patronymic.strip(),
            ends_at=ends_at,
            reason=reason.strip(),
            invited_by=by,
            invited_at=now,
            expires_at=now + INVITATION_LIVES,
        )
        created(made)
        emit(StaffInvited(made.pk, by.pk))
        return made


def accept(invitation: StaffInvitation, *, by: User) -> Grant:
    """Accept an invitation: the role is given, in the name of whoever invited.

    Refuses by rules.accept and as staff.actions.grant; ``staff_invitation.revoked`` also when
    whoever invited may not any more, or the department has been closed. Emits GrantGiven and
    StaffInvitationAccepted.
    """
    with action():
        user = locked(by)
        user.second_factored = by.second_factored
        invitation = locked(invitation)
        now = clock.now()
        is_confirmed = is_address_confirmed(user)
        require(rules.accept(user, invitation, is_confirmed=is_confirmed, now=now))
        department = invitation.department
        if department is not None and department.closed_at is not None:
            require(rules.REVOKED)
        try:
            given = staff.grant(
                user,
                by=invitation.invited_by,
                role=invitation.role,
                department=department,
                scope=invitation.scope,
                ends_at=invitation.ends_at,
                reason=invitation.reason,
                post=invitation.post,
                post_genitive=invitation.post_genitive,
                patronymic=invitation.patronymic,
            )
        except Refused as refusal:
            if refusal.verdict.code in ("account.not_administrator", "account.suspended"):
                require(rules.REVOKED)
            raise
        invitation.accepted_at, invitation.grant = now, given
        invitation.save(update_fields=["accepted_at", "grant"])
        emit(StaffInvitationAccepted(invitation.pk, user.pk, given.pk))
        return given


def revoke(invitation: StaffInvitation, *, by: User) -> StaffInvitation:
    """Take an invitation back: its link works no more. Refuses by rules.revoke. Emits
    StaffInvitationRevoked."""
    with action():
        invitation = locked(invitation)
        by.refresh_from_db(fields=["is_active", "is_staff"])
        require(rules.revoke(by, invitation))
        invitation.revoked_at, invitation.revoked_by = clock.now(), by
        invitation.save(update_fields=["revoked_at", "revoked_by"])
        emit(StaffInvitationRevoked(invitation.pk, by.pk))
        return invitation


def is_address_confirmed(user: User) -> bool:
    """Whether the person has proved that their address is theirs. One query."""
    return bool(user.email) and User.objects.of_email(user.email).filter(pk=user.pk).exists()
