"""Middleware: ``no-store`` for pages made for one person, by a session or a token.

Files that are the same for everybody (core.web.downloads.same_for_everybody) keep what they say.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers


class PrivateWithSession:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # A page with a form carries a token of its own; its cookie is set further out.
        has_token = "CSRF_COOKIE_NEEDS_UPDATE" in request.META
        is_shared = bool(vars(response).get("is_same_for_everybody"))
        is_personal = settings.SESSION_COOKIE_NAME in request.COOKIES and not is_shared
        if is_personal:
            response.headers.pop("ETag", None)  # of a page without its reader: nobody keeps it
        if is_personal or "Authorization" in request.headers or response.cookies or has_token:
            response.headers["Cache-Control"] = "private, no-store"
        elif "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-cache"
        patch_vary_headers(response, ("Cookie", "HX-Request"))
        return response
