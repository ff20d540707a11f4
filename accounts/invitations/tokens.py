"""The token of an invitation's link: made from its row, kept nowhere.

The mail is written when it is sent, from the row; a reader of the database alone, without the
site's secret, can make none. That it works once and in time is the row's matter.
"""

from __future__ import annotations

import secrets
from hmac import compare_digest
from typing import TYPE_CHECKING

from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from accounts.models import StaffInvitation


def new_nonce() -> str:
    """Random text by which the tokens of two invitations differ."""
    return secrets.token_hex(16)


def token_of(invitation: StaffInvitation) -> str:
    """The token of its link: 64 hexadecimal digits."""
    value = f"{invitation.pk}:{invitation.nonce}:{invitation.email}"
    return salted_hmac("accounts.staff_invitation", value, algorithm="sha256").hexdigest()


def fits(invitation: StaffInvitation, token: str) -> bool:
    """Whether the token is the invitation's. Takes the same time either way."""
    return compare_digest(token_of(invitation).encode(), token.encode())
