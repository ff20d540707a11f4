"""Tokens in mails to journalists: made from the row, stored nowhere.

That of the mailing stops and starts invitations and does nothing else: mail programs hand it on.
That of a release opens this release alone: editors hand it on among themselves.
"""

from __future__ import annotations

from django.urls import reverse

from core.domain.link_tokens import is_token, make_token
from newsroom.models import Accreditation

_OWN, _MAILS = "newsroom.press.own", "newsroom.press.mails"
_RELEASE = "newsroom.press.release"


def own_path(accreditation: Accreditation) -> str:
    """The path of the page on which a journalist sees and ends their accreditation."""
    return reverse("press:own", args=[accreditation.pk, token_of(accreditation)])


def stop_path(accreditation: Accreditation) -> str:
    """The path that stops invitations (RFC 8058)."""
    return reverse("press:mails", args=[accreditation.pk, token_of_mails(accreditation)])


def attend_path(accreditation: Accreditation, meeting_id: int) -> str:
    """The path of the page on which a journalist says whether they come."""
    return reverse("press:attend", args=[accreditation.pk, token_of(accreditation), meeting_id])


def release_path(accreditation: Accreditation, article_id: int) -> str:
    """The path of the page on which a journalist reads a press release, under embargo too."""
    token = token_of_release(accreditation, article_id)
    return reverse("press:release", args=[accreditation.pk, token, article_id])


def token_of_release(accreditation: Accreditation, article_id: int) -> str:
    """The token of a journalist's page of one press release."""
    return make_token(_RELEASE, f"{_row(accreditation)}:{article_id}")


def is_token_of_release(given: str, accreditation: Accreditation, article_id: int) -> bool:
    """Whether a token is that of a journalist's page of this press release."""
    return is_token(given, _RELEASE, f"{_row(accreditation)}:{article_id}")


def token_of(accreditation: Accreditation) -> str:
    """The token of a journalist's own pages."""
    return make_token(_OWN, _row(accreditation))


def is_token_of(given: str, accreditation: Accreditation) -> bool:
    """Whether a token is that of a journalist's own pages."""
    return is_token(given, _OWN, _row(accreditation))


def token_of_mails(accreditation: Accreditation) -> str:
    """The token of the page that stops invitations: good for that alone."""
    return make_token(_MAILS, _row(accreditation))


def is_token_of_mails(given: str, accreditation: Accreditation) -> bool:
    """Whether a token is that of the page that stops a journalist's invitations."""
    return is_token(given, _MAILS, _row(accreditation))


def _row(accreditation: Accreditation) -> str:
    return f"{accreditation.pk}:{accreditation.email}:{accreditation.asked_at.timestamp()}"
