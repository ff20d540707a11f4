"""Context processor: what every page says of the council."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from core.domain.council import local_council


def city(request: HttpRequest) -> dict[str, Any]:
    """``city``: the council's name, arms and contacts; ``site_url``; ``live_url``; ``demo``;
    ``viche_version``."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES and hasattr(request, "session"):
        # Read anyway, by the page's head: it brings the counter by which the council is current.
        request.session.keys()
    return {
        "city": local_council(),
        "site_url": settings.SITE_URL,
        "live_url": settings.LIVE_URL,
        "demo": settings.DEMO,
        "viche_version": settings.VERSION,
    }
