"""Content negotiation with the scripts of our own pages."""

from __future__ import annotations

from django.http import HttpRequest


def wants_data(request: HttpRequest) -> bool:
    """Whether JSON is to answer it, be it done or refused (core.web.middleware.refusal)."""
    return request.headers.get("Accept", "").startswith("application/json")
