"""Tokens in mails to journalists: made from the row, stored nowhere.

A reader of the database alone, without the site's secret, can make none. The token of the mailing
stops and starts invitations and does nothing else: mail programs hand it on.
"""

from __future__ import annotations

from hmac import compare_digest

from django.urls import reverse
from django.utils.crypto import salted_hmac

from newsroom.models import Accreditation


def own_path(accreditation: Accreditation) -> str:
    """The path of the page on which a journalist sees and ends their accreditation."""
    return reverse("press:own", args=[accreditation.pk, token_of(accreditation)])


def stop_path(accreditation: Accreditation) -> str:
    """The path that stops invitations (RFC 8058)."""
    return reverse("press:mails", args=[accreditation.pk, token_of_mails(accreditation)])


def attend_path(accreditation: Accreditation, meeting_id: int) -> str:
    """The path of the page on which a journalist says whether they come."""
    return reverse("press:attend", args=[accreditation.pk, token_of(accreditation), meeting_id])


def token_of(accreditation: Accreditation) -> str:
    """The token of a journalist's own pages."""
    return _mix("newsroom.press.own", accreditation)


def token_of_mails(accreditation: Accreditation) -> str:
    """The token of the page that stops invitations: good for that alone."""
    return _mix("newsroom.press.mails", accreditation)


def fits(token: str, given: str) -> bool:
    """Whether a token is the right one, compared in constant time."""
    return compare_digest(token.encode(), given.encode())


def _mix(purpose: str, accreditation: Accreditation) -> str:
    value = f"{accreditation.pk}:{accreditation.email}:{accreditation.asked_at.timestamp()}"
    return salted_hmac(purpose, value, algorithm="sha256").hexdigest()[:40]
