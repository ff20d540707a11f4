"""Views that join two accounts of one person: prove the other one, see what happens, confirm.

The account in which one is signed in stays. Nothing here tells whether an address has an account:
only who has proved that the other one is theirs learns anything of it.
"""

from __future__ import annotations

import time
from hashlib import sha256
from secrets import compare_digest
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.adapter import account_adapter
from accounts.allauth_compat import normalize_code
from accounts.http import AuthenticatedHttpRequest
from accounts.identity import joining, queries, rules
from accounts.identity.forms import OtherAccountForm, OtherCodeForm
from accounts.models import User
from accounts.security.rules import WRONG_CODE
from core.domain.rules import Refused, Verdict
from core.web.forms import RefusableForm, posted_data

_CODE, _PROVED = "merge_code", "merge_proved"
_TRIES = 5


@login_required
@require_http_methods(["GET", "POST"])
def merge(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Name the other account and prove that it is one’s own. Anybody signed in."""
    form = OtherAccountForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        email, password = form.cleaned_data["email"].lower(), form.cleaned_data["password"]
        if not password:
            _send_code(request, email)
            return redirect("identity:merge_code")
        with form.attempt():
            _remember_proof(request, _by_password(request, email, password))
            return redirect("identity:merge_confirm")
    return _page(request, "merge", form)


@login_required
@require_http_methods(["GET", "POST"])
def enter_code(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Enter the code that was sent to the other account’s address. Who has asked for one."""
    if _CODE not in request.session:
        return redirect("identity:merge")
    form = OtherCodeForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            _remember_proof(request, _by_code(request, form.cleaned_data["code"]))
            return redirect("identity:merge_confirm")
    return _page(request, "merge_code", form)


@login_required
@require_http_methods(["GET", "POST"])
def confirm(request: AuthenticatedHttpRequest) -> HttpResponse:
    """See what will happen, and join the two. Who has proved the other account."""
    gone = _other(request)
    if gone is None:
        return redirect("identity:merge")
    if request.method == "POST":
        joining.merge(request.user, gone)
        request.session.pop(_PROVED, None)
        messages.success(request, _("The two accounts are one now."))
        return redirect("identity:verify")
    context = {"gone": gone, **queries.what_goes_over(gone)}
    return render(request, "accounts/identity/merge_confirm.html", context)


@login_required
@require_POST
def give_up(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Forget the proof. Anybody signed in."""
    for key in (_CODE, _PROVED):
        request.session.pop(key, None)
    return redirect("identity:verify")


def _page(request: HttpRequest, name: str, form: RefusableForm) -> HttpResponse:
    return render(request, f"accounts/identity/{name}.html", {"form": form}, status=form.status)


def _by_password(request: HttpRequest, email: str, password: str) -> User | None:
    """Whose password it is; tries are counted as at signing in."""
    adapter = account_adapter(request)
    try:
        return adapter.authenticate(request, email=email, password=password)
    except forms.ValidationError as over:  # the limit of tries
        raise Refused(Verdict(False, over.code or "limit.reached", over.messages[0])) from None


def _send_code(request: HttpRequest, email: str) -> None:
    """Send a code, or to an address without an account that there is none: one mail, and as much
    work, either way. Whether it has one, the page does not say."""
    adapter = account_adapter(request)
    code = adapter.generate_login_code()
    has_account = User.objects.of_email(email).filter(is_active=True).exists()
    mail = "merge_code" if has_account else "unknown_account"
    adapter.send_mail(f"account/email/{mail}", email, {"code": code})  # counted there
    request.session[_CODE] = {
        "email": email,
        "digest": _digest(request, email, code),
        "until": time.time() + settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT,
        "tries": _TRIES,
    }


def _by_code(request: HttpRequest, code: str) -> User | None:
    waiting = request.session[_CODE]
    waiting["tries"] -= 1
    request.session.modified = True
    if waiting["tries"] < 0 or waiting["until"] < time.time():
        raise Refused(WRONG_CODE)
    if not compare_digest(waiting["digest"], _digest(request, waiting["email"], code)):
        raise Refused(WRONG_CODE)
    del request.session[_CODE]
    return User.objects.of_email(waiting["email"]).first()


def _digest(request: HttpRequest, email: str, code: str) -> str:
    """Bound to who asked and to the address."""
    who = f"merge|{request.user.pk}|{email}|{settings.SECRET_KEY}"
    return sha256(f"{who}|{normalize_code(code)}".encode()).hexdigest()


def _remember_proof(request: AuthenticatedHttpRequest, gone: User | None) -> None:
    """Remember that the other account is theirs. Refuses what cannot be joined."""
    if gone is None:
        raise Refused(rules.NOT_YOURS)
    joining.check(request.user, gone)
    request.session[_PROVED] = {
        "kept": request.user.pk,
        "gone": gone.pk,
        "until": time.time() + settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT,
    }


def _other(request: HttpRequest) -> User | None:
    proof: dict[str, Any] = request.session.get(_PROVED) or {}
    if proof.get("kept") != request.user.pk or proof["until"] < time.time():
        return None
    return User.objects.filter(pk=proof["gone"], erased_at=None).first()
