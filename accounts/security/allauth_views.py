"""Decorators of allauth's views, which make its answers tell nothing of who has an account.

For an address that has an account (at sign-up) or has none (at sign-in by a code) allauth shows the
same page and only sends another mail. Two things differ there, and are made alike here: a new code
that is asked for is counted (``resending``), and whoever gives up is forgotten (``sign_out``).

Who has run into a limit of an account is told which ways in remain (``telling_ways_in``): the same
for every account, whatever it has. A page that named only its own ways would tell strangers of it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.views import logout
from django import forms
from django.http import HttpRequest, HttpResponseBase

from accounts.allauth_compat import (
    Waiting,
    forget_email_confirmation,
    set_sign_in_aside,
    take_sign_in_up,
    waiting_to_confirm_email,
    waiting_to_sign_in,
)
from accounts.security import devices, tries
from core.domain.rules import require
from core.web.limits import CODE

View = Callable[..., HttpResponseBase]
#: What finds who waits for a code in a session.
Read = Callable[[Any], Waiting | None]


def count_mail(request: HttpRequest, email: str) -> None:
    """Count a mail with a code to an address, once a request; over the limit: Refused (429)."""
    if getattr(request, "mail_counted", False):
        return
    require(tries.spend_mail(request, email))
    request.mail_counted = True  # type: ignore[attr-defined]  # ours


def resending(view: View) -> View:
    """Count "Send the code again" also where nothing is sent because there is nobody to send it to;
    it is the code that was sent before, which goes on working."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and request.POST.get("action") == "resend":
            for read in (waiting_to_confirm_email, waiting_to_sign_in):
                waiting = read(request.session)
                if waiting and waiting.email:
                    count_mail(request, waiting.email)
                    _send_again(request, read, waiting)
        return view(request, *args, **kwargs)

    return wrapper


def asking_again(read: Read) -> Callable[[View], View]:
    """For the forms that ask for a code: who asks once more for the same e-mail, in the same
    browser, is sent the same code, so that the first mail is good for its term."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            waiting = read(request.session) if request.method == "POST" else None
            if waiting and request.POST.getlist("email") == [waiting.email]:
                _send_again(request, read, waiting)
            return view(request, *args, **kwargs)

        return wrapper

    return decorate


def password_first(view: View) -> View:
    """For the form with a password: it is read also while a code is waited for, and wins where it
    is right. Where it is not, the code goes on working."""

    @wraps(view)
    def read(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST" or "password" not in request.POST:
            return view(request, *args, **kwargs)
        waiting = set_sign_in_aside(request.session)
        response = view(request, *args, **kwargs)
        if not request.user.is_authenticated:
            take_sign_in_up(request.session, waiting)
        return response

    return read


def code_sent(request: HttpRequest, read: Read) -> str:
    """The code to mail once more, of what ``read`` finds in the session; "": a new one is due.

    The decorators above say so, which know that it is for the same e-mail. Codes of one purpose are
    never sent for another: one session may wait for the codes of two accounts.
    """
    sent: dict[str, str] = getattr(request, "codes_sent", {})
    return sent.get(read.__name__, "")


def _send_again(request: HttpRequest, read: Read, waiting: Waiting) -> None:
    sent = getattr(request, "codes_sent", {})
    request.codes_sent = {**sent, read.__name__: waiting.code}  # type: ignore[attr-defined]  # ours


def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Sign out, or give up entering a code: whatever was waiting for one is forgotten. With
    ``forget`` the browser forgets the account, too: it is not the person's own."""
    user_id = request.user.pk
    if request.method == "POST":
        forget_email_confirmation(request.session)
    response: HttpResponseBase = logout(request)
    if request.method == "POST" and user_id is not None and "forget" in request.POST:
        devices.forget(request, response, user_id)
    return response


def telling_ways_in(view: View) -> View:
    """For allauth's views: a form that a limit refused is answered with 429, Retry-After and, in
    its template, ``closed`` (the refusal's params)."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        page = getattr(response, "context_data", None) or {}
        params = _refusal(page.get("form")) if request.method == "POST" else None
        if params is not None:
            response.status_code = 429
            response.headers["Retry-After"] = str(params["retry_after"])
            page["closed"] = params
        return response

    return wrapper


def _refusal(form: Any) -> dict[str, Any] | None:
    """The refusal by the limit that stopped a form; None: no limit did."""
    if not isinstance(form, forms.BaseForm):
        return None
    errors = (error for found in form.errors.as_data().values() for error in found)
    return next((dict(error.params or {}) for error in errors if error.code == CODE), None)
