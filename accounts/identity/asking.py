"""HTTP requests to identity providers: with time limits, and every answer checked.

A provider may be down, slow, or answer with something else than it should; to the person all of
that is one plain page (adapter.on_authentication_error), never an error of ours.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests
from allauth.socialaccount.models import SocialToken
from allauth.socialaccount.providers.base.provider import ProviderException
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override

#: Seconds to connect, between two pieces of an answer, and for all of it.
CONNECT, READ, WHOLE = 3, 6, 12
#: The most bytes of an answer, unpacked.
LONGEST = 256 * 1024


class Nonsense(ProviderException):
    """The provider's answer is not what was agreed."""


class Session(requests.Session):
    """requests' session with limits: of time, of size, and no redirect is followed."""

    # Whatever else requests takes is handed on, so it is not named again.
    def request(self, method: str, url: str, *args: Any, **options: Any) -> requests.Response:  # type: ignore[override]
        options |= {"timeout": (CONNECT, READ), "stream": True, "allow_redirects": False}
        response = super().request(method, url, *args, **options)
        deadline, body = time.monotonic() + WHOLE, bytearray()
        with response:
            for piece in response.iter_content(16 * 1024):
                body += piece
                if len(body) > LONGEST:
                    raise requests.RequestException("The provider's answer is too long.")
                if time.monotonic() > deadline:
                    raise requests.Timeout("The provider's answer takes too long.")
        response._content = bytes(body)
        return response


@contextmanager
def sense() -> Iterator[None]:
    """Refuse a provider's answer in which a field is missing or of the wrong type."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as odd:
        if isinstance(odd, requests.RequestException):
            raise
        # Not «from odd»: its message may hold what the provider told of the person.
        raise Nonsense("The provider's answer makes no sense.") from None


class Careful(OAuth2Adapter):
    """Before one of allauth's OAuth2 adapters: what makes no sense is the provider's failure."""

    def get_access_token_data(self, *args: Any, **options: Any) -> Any:
        with sense():
            return super().get_access_token_data(*args, **options)

    def parse_token(self, data: Any) -> SocialToken:
        with sense():
            token: SocialToken = super().parse_token(data)  # type: ignore[no-untyped-call]  # allauth's
        return token

    def complete_login(self, *args: Any, **options: Any) -> Any:
        with sense():
            return super().complete_login(*args, **options)


def callback_url(request: HttpRequest, provider: str) -> str:
    """The one address that is registered with the provider, whatever the page's language."""
    with override("uk"):
        return request.build_absolute_uri(reverse("identity:callback", args=[provider]))
