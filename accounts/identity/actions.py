"""Actions on checks of identity."""

from __future__ import annotations

from datetime import timedelta

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.identity import keys, rules
from accounts.identity.events import (
    IdentityEnded,
    IdentityExpiring,
    IdentityVerified,
    PersonRecognised,
)
from accounts.identity.recognising import claim, keys_of
from accounts.models import User, Verification
from accounts.residence.actions import confirm_by_provider
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.rules import Refused, require


def verify(
    user: User,
    *,
    level: int,
    how: str,
    source: str,
    person_code: str = "",
    subject: str = "",
    organisation_code: str = "",
    organisation_name: str = "",
    age_over: int | None = None,
    by: User | None = None,
) -> Verification:
    """Record that somebody checked who ``user`` is, from now until it expires.

    ``level``: SUBSTANTIAL or HIGH; ``how``: one of Verification.How; ``source``: the provider's id
    or the kind of document; ``person_code``: the РНОКПП, of which a keyed hash alone is kept;
    ``subject``: the provider's own id of the person; ``organisation_code``,
    ``organisation_name``: the ЄДРПОУ that stood beside the code in a signature, and whose it is;
    ``age_over``: 14, 16, 18 or None; ``by``: the officer who saw the document. The check before
    ends; what it knew of the same person beyond this one (their key, their age) is kept, and a
    higher level that still lasts stays. Code and subject are the person's, whichever account is
    theirs: no other account is confirmed by either while this one's check counts
    (recognising.claim).

    Refuses ``identity.code_wrong``, rules.verify, ``identity.taken`` (another account is confirmed
    as this person). Emits IdentityVerified, IdentityEnded for the check before, and
    PersonRecognised for each account that they were known by before: an erased one, or one whose
    check has run out.
    """
    digits = keys.clean_code(person_code)
    if digits is None:
        raise Refused(rules.CODE_WRONG)
    with action():
        user = locked(user)
        before = list(Verification.objects.filter(user=user).order_by("pk"))
        known = [check.person_key for check in before if check.person_key]
        key = keys.person_key(digits) if digits else ""
        require(rules.verify(user, by=by, person_key=key, known_keys=keys_of(user)))
        subject_key = keys.subject_key(source, subject) if subject and subject != key else ""
        now = clock.now()
        standing = next((check for check in before if check.ended_at is None), None)
        made = Verification(
            user=user,
            level=level,
            how=how,
            source=source,
            person_key=key or _kept_key(known) or subject_key,
            organisation_code=organisation_code,
            organisation_name=organisation_name,
            age_over=_oldest(age_over, *(check.age_over for check in before)),
            by=by,
            at=now,
            expires_at=now + timedelta(days=settings.IDENTITY_DAYS),
        )
        if standing is not None:
            if standing.level > level and not standing.has_expired(now):
                made.level, made.how, made.source = standing.level, standing.how, standing.source
                if not organisation_code:
                    made.organisation_code = standing.organisation_code
                    made.organisation_name = standing.organisation_name
                made.by, made.at, made.expires_at = standing.by, standing.at, standing.expires_at
                made.reminded_at = standing.reminded_at
            _end(standing, by_id=by.pk if by else user.pk)
        accounts_before = claim(user, {made.person_key, subject_key})
        _end_expired(accounts_before, by_id=by.pk if by else user.pk)
        made.came_back = any(account.erased_at for account in accounts_before)
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError as conflict:
            raise Refused(rules.TAKEN) from conflict
        emit(IdentityVerified(user.pk, by.pk if by else None, made.pk))
        for account in accounts_before:
            emit(PersonRecognised(user.pk, account.pk))
        return made


def connect(
    user: User,
    *,
    provider: str,
    uid: str,
    level: int,
    person_code: str = "",
    organisation_code: str = "",
    organisation_name: str = "",
    age_over: int | None = None,
    lives_here: bool = False,
) -> Verification:
    """Record what a provider said of who ``user`` is, and let them sign in by it from now on.

    ``uid``: the provider's id of the person, never their РНОКПП; ``lives_here``: it says that they
    live in the community, which checks the residence that they have declared
    (residence.actions.confirm_by_provider); the rest as in ``verify``, whose refusals and events
    these are. Refuses ``identity.taken`` also when another account is connected with this identity.
    """
    with action():
        user = locked(user)
        connected = SocialAccount.objects.filter(provider=provider, uid=uid).first()
        if connected is None:
            try:
                with transaction.atomic():
                    SocialAccount.objects.create(user=user, provider=provider, uid=uid)
            except IntegrityError as conflict:
                raise Refused(rules.TAKEN) from conflict
        elif connected.user_id != user.pk:
            raise Refused(rules.TAKEN)
        check = verify(
            user,
            level=level,
            how=Verification.How.PROVIDER,
            source=provider,
            person_code=person_code,
            subject=uid,
            organisation_code=organisation_code,
            organisation_name=organisation_name,
            age_over=age_over,
        )
        if lives_here:
            confirm_by_provider(user)
        return check


def disconnect(user: User, provider: str) -> None:
    """Let nobody sign in to the account by the provider any more; what was checked stays."""
    with action():
        SocialAccount.objects.filter(user=user, provider=provider).delete()


def end(user: User, *, by: User | None = None) -> None:
    """Let the check of somebody's identity count no more; without one: nothing. Emits
    IdentityEnded."""
    with action():
        user = locked(user)
        standing = Verification.objects.filter(user=user, ended_at=None).first()
        if standing is not None:
            _end(standing, by_id=by.pk if by else user.pk)


def remind_of_expiry() -> int:
    """Announce, once each, the checks that run out in settings.IDENTITY_REMIND_DAYS days or less.

    A job calls it. Returns how many. Emits IdentityExpiring.
    """
    with action():
        soon = clock.now() + timedelta(days=settings.IDENTITY_REMIND_DAYS)
        due = list(
            Verification.objects.in_force()
            .filter(expires_at__lte=soon, reminded_at=None, user__is_active=True)
            .select_for_update(of=("self",), skip_locked=True)
            .order_by("pk")[:500]
        )
        Verification.objects.filter(pk__in=[check.pk for check in due]).update(
            reminded_at=clock.Now()
        )
        for check in due:
            emit(IdentityExpiring(check.user_id, None, check.pk))
        return len(due)


def _end(check: Verification, *, by_id: int | None) -> None:
    check.ended_at = clock.now()
    check.save(update_fields=["ended_at"])
    emit(IdentityEnded(check.user_id, by_id, check.pk))


def _end_expired(accounts: list[User], *, by_id: int | None) -> None:
    """A check of the same person on another account that has run out stands in nobody's way."""
    stale = Verification.objects.filter(user__in=accounts, ended_at=None)
    for check in stale.order_by("pk").select_for_update(no_key=True):
        _end(check, by_id=by_id)


def _kept_key(known: list[str]) -> str:
    """The key by which the account's person is known already, that of a code before others."""
    return next(filter(keys.is_of_code, reversed(known)), known[-1] if known else "")


def _oldest(*ages: int | None) -> int | None:
    return max((age for age in ages if age is not None), default=None)
