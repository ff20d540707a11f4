"""Mails about roles: given, revoked, held for somebody absent, taken in an emergency."""

from __future__ import annotations

from accounts.invitations.events import StaffInvited
from accounts.models import Absence, Grant, User
from accounts.staff.events import BreakGlassUsed, CoverNamed, GrantGiven, GrantRevoked
from accounts.staff.models import GrantQuerySet
from accounts.staff.presenters import show_grants
from accounts.staff.queries import administrators
from core.domain import outbox
from core.domain.events import within
from notifications.mails.contents import Context, mail
from notifications.sending.mail import defer


@within(BreakGlassUsed)
def break_glass_used(event: BreakGlassUsed) -> None:
    """Tell every administrator, and whoever is one now, that it happened and why."""
    for user_id in administrators():
        defer(
            "accounts/break_glass",
            user_id=user_id,
            about=f"grant:{event.grant_id}",
            grant_id=event.grant_id,
        )


@mail("accounts/break_glass")
def _break_glass(user: User, *, grant_id: int) -> Context:
    grant = Grant.objects.filter(pk=grant_id).select_related("user").first()
    return None if grant is None else {"grant": grant}


@within(GrantGiven, GrantRevoked)
def duties_changed(event: GrantGiven | GrantRevoked) -> None:
    """Tell the person what they may do from now on, or no longer."""
    template = "grant_given" if isinstance(event, GrantGiven) else "grant_revoked"
    defer(
        f"accounts/{template}",
        user_id=event.user_id,
        about=f"grant:{event.grant_id}",
        grant_id=event.grant_id,
    )


@mail("accounts/grant_given")
def _grant_given(user: User, *, grant_id: int) -> Context:
    return _of_grant(Grant.objects.unended().filter(user=user), grant_id)


@mail("accounts/grant_revoked")
def _grant_revoked(user: User, *, grant_id: int) -> Context:
    return _of_grant(Grant.objects.filter(user=user, revoked_at__isnull=False), grant_id)


def _of_grant(grants: GrantQuerySet, grant_id: int) -> Context:
    grant = grants.filter(pk=grant_id).select_related("department").first()
    if grant is None:
        return None
    [shown] = show_grants([grant])
    return {"grant": grant, "about": shown.about}


@within(StaffInvited)
def invited(event: StaffInvited) -> None:
    outbox.defer("notifications.jobs.send_staff_invitation", invitation_id=event.invitation_id)


@within(CoverNamed)
def cover_named(event: CoverNamed) -> None:
    """Tell the person that they stand in, and for whom."""
    defer(
        "accounts/cover_named",
        user_id=event.user_id,
        about=f"absence:{event.absence_id}",
        absence_id=event.absence_id,
    )


@mail("accounts/cover_named")
def _cover_named(user: User, *, absence_id: int) -> Context:
    unended = Absence.objects.unended().filter(pk=absence_id, cover=user)
    absence = unended.select_related("absent").first()
    return None if absence is None else {"absence": absence}
