"""Buttons of shared pages: a press by somebody who is not signed in leads to signing in."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

#: Pages of signing in.
_ACCOUNT = re.compile(r"/(?:en/)?account/")

type View = Callable[..., HttpResponseBase]


def act_of_reader(view: View) -> View:
    """A view that takes a POST of somebody who is signed in.

    The form of a shared page (`act_form`) is empty for strangers and sends a GET: they are asked to
    sign in, and then stand on the page where they pressed; so does who was signed out meanwhile. A
    GET changes nothing.
    """

    @require_http_methods(["GET", "POST"])
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(_page_before(request))
        if request.method == "POST":
            return view(request, *args, **kwargs)
        return redirect(_page_before(request))

    return answer


def _page_before(request: HttpRequest) -> str:
    """The page on this site that the reader comes from; "/" where none is told, or where it would
    lead back here: browsers keep the address of the first page through redirects."""
    told = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(told, {request.get_host()}):
        return "/"
    parts = urlsplit(told)
    if parts.path == request.path or _ACCOUNT.match(parts.path):
        return "/"
    path = parts._replace(scheme="", netloc="", fragment="").geturl()
    return path if url_has_allowed_host_and_scheme(path, None) else "/"
