"""Where providers send people back to."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override


def callback_address(request: HttpRequest, provider: str) -> str:
    """The one address that is registered with the provider, whatever the page's language."""
    with override("uk"):
        return request.build_absolute_uri(reverse("identity:callback", args=[provider]))
