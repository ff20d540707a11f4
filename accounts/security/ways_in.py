"""What a page tells whoever has run into a limit of an account: 429, and which ways in remain.

The same for every account, whether it exists or not, and whatever it has: a page that named only
the ways that this account has would tell strangers of it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase

from core.web.limits import CODE

View = Callable[..., HttpResponseBase]


def telling_ways_in(view: View) -> View:
    """For allauth's views: a form that a limit refused is answered with 429, Retry-After and, in
    its template, ``closed`` (the refusal's params)."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        page = getattr(response, "context_data", None) or {}
        params = _refusal(page.get("form")) if request.method == "POST" else None
        if params is not None:
            response.status_code = 429
            response.headers["Retry-After"] = str(params["retry_after"])
            page["closed"] = params
        return response

    return told


def _refusal(form: Any) -> dict[str, Any] | None:
    """What is said of the limit that refused a form; None: no limit did."""
    if not isinstance(form, forms.BaseForm):
        return None
    errors = (error for found in form.errors.as_data().values() for error in found)
    return next((dict(error.params or {}) for error in errors if error.code == CODE), None)
