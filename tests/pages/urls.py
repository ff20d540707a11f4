"""The product's addresses, its readable mails, and an address that breaks in each way."""

from __future__ import annotations

from datetime import timedelta

from axe_playwright_python.base import AXE_SCRIPT
from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import BadRequest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.views.decorators.cache import cache_control

from config.urls import handler500 as handler500
from config.urls import urlpatterns as product
from core.domain.rules import require
from core.web import limits
from tests.pages.checks import AXE_PATH


def broken(request: HttpRequest, status: int) -> HttpResponse:
    """What the site answers with ``status``, for the reason that brings it about."""
    if status == 400:
        raise BadRequest
    if status == 429:
        while True:
            require(limits.spend("broken", most=1, per=timedelta(minutes=5)))
    if status == 500:
        raise RuntimeError("asked for by a test")
    if status == 503:
        raise OperationalError("asked for by a test")
    return render(request, f"{status}.html", status=status)


@cache_control(public=True, immutable=True, max_age=86400)
def axe(request: HttpRequest) -> HttpResponse:
    """axe, for the pages that are judged."""
    return HttpResponse(AXE_SCRIPT, content_type="text/javascript; charset=utf-8")


urlpatterns = [
    path(AXE_PATH.removeprefix("/"), axe, name="axe"),
    *i18n_patterns(
        path("broken/<int:status>/", broken, name="broken"),
        path("dev/mail/", include("notifications.sending.mailbox")),
        path("dev/codes/", include("accounts.security.codes_page")),
        prefix_default_language=False,
    ),
    *product,
]
