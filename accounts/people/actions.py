"""Actions on people and their accounts."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from uuid import uuid4

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts import rules
from accounts.events import (
    DocumentsAgreed,
    EmailChanged,
    PasswordChanged,
    PublicNameChanged,
    UserReinstated,
    UserSignedOut,
    UserSignedUp,
    UserSuspended,
)
from accounts.models import Agreement, Suspension, User
from accounts.people.documents import IN_FORCE
from accounts.staff.actions import grant, keep_an_administrator
from city.models import Department
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.rules import reject, require


def sign_up(user: User, *, agreed: Mapping[str, str]) -> User:
    """Store a new person, their address still to be confirmed, and what they agreed to.

    ``user`` is not saved yet and has its password set; ``agreed``: document -> version, as shown.
    An earlier sign-up with this address that nobody confirmed gives way: whoever proves the
    address owns it, not whoever named it first. Refuses ``account.exists`` and rules.agree.
    Emits UserSignedUp.
    """
    with action():
        for document, version in agreed.items():
            require(rules.agree(user, version=version, current=IN_FORCE[document]))
        named = User.objects.by_email(user.email or "").order_by()
        User.objects.filter(pk__in=named.unconfirmed().values("pk")).delete()
        try:
            with transaction.atomic():
                user.save(force_insert=True)
                EmailAddress.objects.create(user=user, email=user.email, primary=True)
        except IntegrityError:
            reject("account.exists", _("There is an account with this address already."))
        Agreement.objects.bulk_create(
            Agreement(user=user, document=document, version=version)
            for document, version in agreed.items()
        )
        emit(UserSignedUp(user.pk, user.pk))
        return user


def rehearse_sign_up(user: User, *, agreed: Mapping[str, str]) -> None:
    """All the work of ``sign_up`` with none of its effects.

    A sign-up with an address that has an account must take as long as any other, or its time would
    tell who has one.
    """
    user.email = f"{uuid4().hex}@rehearsal.invalid"
    with suppress(_RehearsalOver), transaction.atomic():
        sign_up(user, agreed=agreed)
        raise _RehearsalOver


class _RehearsalOver(Exception):
    pass


def agree(user: User, *, agreed: Mapping[str, str]) -> None:
    """Agree to documents that have changed since one agreed; again: nothing more.

    ``agreed``: document -> version, as shown. Refuses by rules.agree. Emits DocumentsAgreed.
    """
    with action():
        for document, version in agreed.items():
            require(rules.agree(user, version=version, current=IN_FORCE[document]))
        Agreement.objects.bulk_create(
            (
                Agreement(user=user, document=document, version=version)
                for document, version in agreed.items()
            ),
            ignore_conflicts=True,
        )
        emit(DocumentsAgreed(user.pk, user.pk))


def change_profile(user: User, *, fields: Mapping[str, Any]) -> User:
    """Change one's names, public name or language (``fields``: cleaned values by column).

    Refuses by rules.act. Emits PublicNameChanged when others see another name than before.
    """
    with action():
        user = locked(user)
        require(rules.act(user))
        before = user.public_name
        for name, value in fields.items():
            setattr(user, name, value)
        user.save(update_fields=list(fields))
        if user.public_name != before:
            emit(PublicNameChanged(user.pk, user.pk))
        return user


def change_password(user: User, password: str | None) -> User:
    """Set a password (hashed before the transaction begins). Emits PasswordChanged, UserSignedOut.

    Every other session of the person ends with it: Django compares a hash of the password. No
    browser is known to the account any more.
    """
    user.set_password(password)
    with action():
        user.save(update_fields=["password"])
        forget_devices(user)
        emit(PasswordChanged(user.pk, user.pk))
        emit(UserSignedOut(user.pk))
        return user


def email_changed(user: User) -> None:
    """Record that the person signs in with another address now. Emits EmailChanged."""
    with action():
        emit(EmailChanged(user.pk, user.pk))


def record_sign_out(user: User, session_key: str) -> None:
    """Record that a session has ended. Emits UserSignedOut."""
    with action():
        emit(UserSignedOut(user.pk, session_key))


def suspend(user: User, *, by: User, reason: str) -> User:
    """Stop somebody from acting and end all sessions; what was written stays.

    Refuses by rules.suspend and ``staff.last_administrator``. Emits UserSuspended, UserSignedOut.
    """
    with action():
        user = locked(user)
        require(rules.suspend(by, user, reason=reason))
        if user.is_administrator:
            keep_an_administrator(without=user)
        user.is_active = False
        user.save(update_fields=["is_active"])
        Suspension.objects.create(user=user, by=by, reason=reason.strip())
        end_sessions(user)
        emit(UserSuspended(user.pk, by.pk))
        return user


def reinstate(user: User, *, by: User) -> User:
    """Let somebody act again. Refuses by rules.reinstate. Emits UserReinstated."""
    with action():
        user = locked(user)
        require(rules.reinstate(by, user))
        user.is_active = True
        user.save(update_fields=["is_active"])
        Suspension.objects.filter(user=user, ended_at=None).update(
            ended_at=clock.Now(), ended_by=by
        )
        emit(UserReinstated(user.pk, by.pk))
        return user


def forget_devices(user: User) -> None:
    """Make void what all browsers remember of the account, inside an action: they are new to it."""
    User.objects.filter(pk=user.pk).update(device_epoch=F("device_epoch") + 1)


def end_sessions(user: User) -> None:
    """Sign the person out everywhere, inside an action; no browser is known to the account any
    more. Emits UserSignedOut."""
    forget_devices(user)
    sessions = UserSession.objects.filter(user=user)
    Session.objects.filter(pk__in=list(sessions.values_list("session_key", flat=True))).delete()
    sessions.delete()
    emit(UserSignedOut(user.pk))


def create_person(
    email: str,
    *,
    given_name: str,
    family_name: str,
    password: str | None = None,
    role: str = "",
    department: Department | None = None,
    **fields: Any,
) -> User:
    """A person made by whoever runs the server: the address counts as confirmed.

    Without a password they sign in by code. ``role``: of the council (StaffRole), "" for a
    resident. Refuses ``account.exists`` and staff.rules.fits. Emits UserSignedUp and, for a role,
    GrantGiven.
    """
    with action():
        try:
            with transaction.atomic():
                user = User.objects.create_user(
                    email, password, given_name=given_name, family_name=family_name, **fields
                )
        except IntegrityError:
            reject("account.exists", _("There is an account with this address already."))
        emit(UserSignedUp(user.pk, None))
        if role:
            grant(user, by=None, role=role, department=department)
        return user


def forget_unconfirmed(older_than: Any) -> int:
    """Delete sign-ups that were not confirmed in time (a timedelta); returns how many."""
    stale = User.objects.unconfirmed().filter(date_joined__lt=clock.now() - older_than)
    return User.objects.filter(pk__in=stale.values("pk")).delete()[1].get("accounts.User", 0)
