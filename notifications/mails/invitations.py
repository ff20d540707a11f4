"""Mails that invite an address by a link: to act for an organisation, to work for the council."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from accounts.invitations import tokens as staff_tokens
from accounts.invitations.queries import show_invitations
from accounts.models import StaffInvitation
from notifications.sending import budget
from notifications.sending.mail import Draft
from organisations.mandates.tokens import token_of
from organisations.models import Invitation


def send_invitation(invitation_id: int) -> bool:
    """The mail with the link, as the budget of its mailbox lets; False when there is no use in it
    any more, or it waits."""
    return budget.send("invitation", {"invitation_id": invitation_id})


@budget.writes("invitation", about=lambda invitation_id: str(invitation_id))
def _write(*, invitation_id: int) -> Draft | None:
    """It is the same for an address with an account and for one without: in Ukrainian."""
    invitation = (
        Invitation.objects.open()
        .select_related("organisation", "invited_by")
        .filter(pk=invitation_id, organisation__closed_at=None)
        .first()
    )
    if invitation is None:
        return None
    with translation.override(settings.LANGUAGE_CODE):
        path = reverse("organisations:invitation", args=[invitation.pk, token_of(invitation)])
    return Draft(
        template="organisations/invitation",
        context={"invitation": invitation, "organisation": invitation.organisation, "path": path},
        to=invitation.email,
        name=f"invitation:{invitation.pk}",
        language=settings.LANGUAGE_CODE,
    )


def send_staff_invitation(invitation_id: int) -> bool:
    """As ``send_invitation``, to work for the council."""
    return budget.send("staff_invitation", {"invitation_id": invitation_id})


@budget.writes("staff_invitation", about=lambda invitation_id: str(invitation_id))
def _write_to_staff(*, invitation_id: int) -> Draft | None:
    """It is the same for an address with an account and for one without: in the language that
    whoever invites has chosen."""
    rows = StaffInvitation.objects.open().select_related("department", "invited_by")
    invitation = rows.filter(pk=invitation_id).first()
    if invitation is None:
        return None
    [shown] = show_invitations([invitation])
    with translation.override(invitation.language):
        token = staff_tokens.token_of(invitation)
        path = reverse("staff_invitations:invitation", args=[invitation.pk, token])
    return Draft(
        template="accounts/staff_invitation",
        context={"invitation": invitation, "about": shown.about, "path": path},
        to=invitation.email,
        name=f"staff_invitation:{invitation.pk}",
        language=invitation.language,
    )
