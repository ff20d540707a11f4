"""What a script of our own pages asks for: data where a browser would get a page."""

from __future__ import annotations

from django.http import HttpRequest


def wants_data(request: HttpRequest) -> bool:
    """Whether JSON is to answer it, be it done or refused (core.web.middleware.refusal)."""
    return request.headers.get("Accept", "").startswith("application/json")
