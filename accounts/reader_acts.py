"""Buttons of shared pages: a press by somebody who is not signed in leads to signing in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

type View = Callable[..., HttpResponseBase]


def act_of_reader(view: View) -> View:
    """A view that takes a POST of somebody who is signed in.

    The form of a shared page (`act_form`) is empty for strangers and sends a GET: they are asked to
    sign in, and then stand on the page where they pressed. A GET changes nothing.
    """
    take_post = login_required(view)

    @require_http_methods(["GET", "POST"])
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST":
            return take_post(request, *args, **kwargs)
        page = _page_before(request)
        return redirect(page) if request.user.is_authenticated else redirect_to_login(page)

    return answer


def _page_before(request: HttpRequest) -> str:
    """The address on this site that the reader comes from; "/" where none is told."""
    told = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(told, {request.get_host()}):
        return "/"
    path = urlsplit(told)._replace(scheme="", netloc="", fragment="").geturl()
    return path if url_has_allowed_host_and_scheme(path, None) else "/"
