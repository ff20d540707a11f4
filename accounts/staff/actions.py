"""Actions on grants and absences. Each leaves an audit entry."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Absence, Grant, StaffRole, User
from accounts.staff import grant_targets, rules
from accounts.staff.events import (
    BreakGlassUsed,
    CoverEnded,
    CoverNamed,
    GrantGiven,
    GrantRevoked,
    StaffRetired,
)
from city.models import Department
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.rules import reject, require
from core.web.idempotency import created


def grant(
    user: User,
    *,
    by: User | None,
    role: str,
    department: Department | None = None,
    scope: str = "",
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    reason: str = "",
    post: str = "",
    post_genitive: str = "",
    patronymic: str = "",
) -> Grant:
    """Give somebody a role; ``by`` is None for whoever runs the server (manage.py grant).

    ``scope``: one thing's name («consultation:12»), "" for all that role and department cover.
    ``starts_at`` is now unless it is later; without ``ends_at`` it lasts until it is revoked.
    ``post``, ``post_genitive`` and ``patronymic`` are what letters print.
    Refuses by rules.grant (for a command by rules.fits), rules.posted, rules.lasts,
    rules.explained (of a person), ``staff.no_such_thing`` and ``staff.held_already``. Emits
    GrantGiven.
    """
    with action():
        user = locked(user)
        now = clock.now()
        department_id = department.pk if department else None
        if by is None:
            require(rules.fits(role, department_id, scope))
        else:
            by = _as_she_is_now(by)
            require(rules.grant(by, user, role=role, department_id=department_id, scope=scope))
            require(rules.check_reason(reason))
        require(rules.check_post(role, post, post_genitive))
        if scope and not grant_targets.exists(scope):
            reject("staff.no_such_thing", _("There is no such thing: name it as consultation:12."))
        starts_at = max(starts_at or now, now)
        require(rules.lasts(starts_at, ends_at, now=now))
        made = Grant(
            user=user,
            role=role,
            department=department,
            scope=scope,
            starts_at=starts_at,
            ends_at=ends_at,
            post=post.strip(),
            post_genitive=post_genitive.strip(),
            patronymic=patronymic.strip(),
            reason=reason.strip(),
            granted_by=by,
        )
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError:
            reject("staff.held_already", _("This person holds exactly this role already."))
        _keep_is_staff(user)
        created(made)
        emit(GrantGiven(user.pk, by.pk if by else None, made.pk))
        return made


def revoke(held: Grant, *, by: User | None, reason: str = "") -> Grant:
    """Take a role back, at once; ``by`` is None for whoever runs the server (manage.py revoke).

    The last administrator stays one. Refuses by rules.revoke, rules.explained (of a person),
    ``staff.revoked_already`` and ``staff.last_administrator``. Emits GrantRevoked.
    """
    with action():
        user = locked(held.user)
        if held.role == StaffRole.ADMINISTRATOR:
            keep_an_administrator(without=user)
        held = locked(held)
        if by is not None:
            by = _as_she_is_now(by)
            require(rules.check_reason(reason))
        require(rules.revoke(by, held) if by else rules.still_held(held))
        held.revoked_at, held.revoked_by = clock.now(), by
        held.revoked_reason = reason.strip()
        held.save(update_fields=["revoked_at", "revoked_by", "revoked_reason"])
        _keep_is_staff(user)
        emit(GrantRevoked(user.pk, by.pk if by else None, held.pk))
        return held


def break_glass(user: User, *, hours: int, reason: str) -> Grant:
    """Make somebody administrator for ``hours`` (1 to 24), for whoever runs the server.

    Every administrator is told by mail, and the desk says so while it lasts. Refuses by
    rules.break_glass. Emits BreakGlassUsed.
    """
    with action():
        user = locked(user)
        require(rules.break_glass(user, hours=hours, reason=reason))
        now = clock.now()
        made = Grant.objects.create(
            user=user,
            role=StaffRole.ADMINISTRATOR,
            starts_at=now,
            ends_at=now + timedelta(hours=hours),
            emergency=True,
            reason=reason.strip(),
        )
        _keep_is_staff(user)
        emit(BreakGlassUsed(user.pk, None, made.pk))
        return made


def name_cover(
    absent: User,
    cover: User,
    *,
    by: User,
    starts_at: datetime,
    ends_at: datetime,
    reason: str = "",
) -> Absence:
    """Let ``cover`` hold what ``absent`` holds of their own, from ``starts_at`` until ``ends_at``.

    Refuses by rules.name_cover, rules.lasts and ``staff.covered_already``. Emits CoverNamed.
    """
    with action():
        absent, cover = _both_locked(absent, cover)
        now = clock.now()
        require(rules.name_cover(_as_she_is_now(by), absent, cover))
        starts_at = max(starts_at, now)
        require(rules.lasts(starts_at, ends_at, now=now))
        try:
            with transaction.atomic():
                made = Absence.objects.create(
                    absent=absent,
                    cover=cover,
                    starts_at=starts_at,
                    ends_at=ends_at,
                    reason=reason.strip(),
                    named_by=by,
                )
        except IntegrityError:
            reject(
                "staff.covered_already",
                _("Somebody stands in for these days already: end that first."),
            )
        created(made)
        emit(CoverNamed(cover.pk, by.pk, made.pk, absent.pk))
        return made


def end_cover(absence: Absence, *, by: User) -> Absence:
    """End a cover before its time. Refuses by rules.end_cover. Emits CoverEnded."""
    with action():
        absence = locked(absence)
        now = clock.now()
        require(rules.end_cover(_as_she_is_now(by), absence, now=now))
        absence.ended_at, absence.ended_by = now, by
        absence.save(update_fields=["ended_at", "ended_by"])
        emit(CoverEnded(absence.cover_id, by.pk, absence.pk, absence.absent_id))
        return absence


def retire() -> int:
    """Make those residents again whose last grant's time is over; returns how many.

    A job calls it; what they may do ended by the clock. Emits StaffRetired for each.
    """
    held = Grant.objects.unended()
    over = User.objects.filter(is_staff=True).exclude(pk__in=held.values("user"))
    retired = 0
    for user in over.order_by("pk"):
        with action():
            user = locked(user)
            if user.is_staff and not _keep_is_staff(user):
                emit(StaffRetired(user.pk, None))
                retired += 1
    return retired


def keep_an_administrator(*, without: User) -> None:
    """Refuse ``staff.last_administrator`` unless somebody else stays an administrator for good.

    Inside an action that takes the role, or the account, of ``without``. Under the locks of all
    such grants, so that two who do it to each other at once do not both go through.
    """
    permanent = Grant.objects.filter(
        role=StaffRole.ADMINISTRATOR, revoked_at=None, ends_at=None, user__is_active=True
    )
    holders = list(
        permanent.select_for_update(of=("self",), no_key=True)
        .order_by("pk")
        .values_list("user", flat=True)
    )
    if without.pk in holders and not set(holders) - {without.pk}:
        require(rules.LAST_ADMINISTRATOR)


def _as_she_is_now(by: User) -> User:
    """The same person, what they hold read again under the locks that are held: it may have been
    taken since the page was opened. What their session has proved stays theirs."""
    by.refresh_from_db(fields=["is_active", "is_staff"])
    return by


def _both_locked(one: User, other: User) -> tuple[User, User]:
    """Two people locked in the order of their ids; one and the same person once."""
    found = {user.pk: user for user in sorted((one, other), key=lambda user: user.pk)}
    fresh = {pk: locked(user) for pk, user in found.items()}
    return fresh[one.pk], fresh[other.pk]


def _keep_is_staff(user: User) -> bool:
    """Bring the column in line with the grants, under the person's lock; returns it."""
    is_staff = Grant.objects.unended().filter(user=user).exists()
    if user.is_staff != is_staff:
        user.is_staff = is_staff
        user.save(update_fields=["is_staff"])
    return is_staff
