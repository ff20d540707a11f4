"""The mail with the link to act for an organisation: to an address, whoever has it."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from core.domain.mail import compose
from notifications.mail import hand_over, message_id
from organisations.models import Invitation
from organisations.tokens import token_of


def send_invitation(invitation_id: int) -> bool:
    """The mail with the link, written now from the row; False when there is no use in it any more.

    It is the same for an address with an account and for one without: in Ukrainian.
    """
    invitation = (
        Invitation.objects.open()
        .select_related("organisation", "invited_by")
        .filter(pk=invitation_id, organisation__closed_at=None)
        .first()
    )
    if invitation is None:
        return False
    with translation.override(settings.LANGUAGE_CODE):
        path = reverse("organisations:invitation", args=[invitation.pk, token_of(invitation)])
        message = compose(
            "organisations/invitation",
            {"invitation": invitation, "organisation": invitation.organisation, "path": path},
            to=invitation.email,
            headers={"Message-ID": message_id(f"invitation:{invitation.pk}")},
        )
    return hand_over(message)
