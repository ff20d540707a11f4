"""Views for signing in by a passkey, and for proving once more that it is you."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import BaseReauthenticateView
from allauth.mfa.base.views import ReauthenticateView
from allauth.mfa.webauthn.views import LoginWebAuthnView, ReauthenticateWebAuthnView
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from accounts.allauth_compat import begin_passkey_sign_in, sign_in_by_passkey
from accounts.http import AuthenticatedHttpRequest
from accounts.security import mailed
from accounts.security.forms import MailedCodeForm
from accounts.security.proofs import prove


class SignInByPasskey(LoginWebAuthnView):
    """A passkey alone: it is possession and PIN or finger in one. Nothing is said of accounts: a
    passkey that we do not know is answered like one that failed."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self._back())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "credential" not in request.POST:  # the script asks for a challenge
            return JsonResponse(begin_passkey_sign_in())
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        passkey = form.cleaned_data["credential"]
        login = Login(user=passkey.user, redirect_url=get_next_redirect_url(self.request))
        return sign_in_by_passkey(self.request, passkey, login)

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        messages.error(self.request, _("This passkey is not known here, or it was not accepted."))
        return redirect(self._back())

    def _back(self) -> str:
        onward = get_next_redirect_url(self.request)
        return reverse("account_login") + (f"?{urlencode({'next': onward})}" if onward else "")


class ConfirmByCode(ReauthenticateView):
    """By the app or a recovery code. Anybody signed in who has one."""

    template_name = "mfa/reauthenticate.html"


class ConfirmByPasskey(ReauthenticateWebAuthnView):
    """By a passkey. Anybody signed in who has one."""

    template_name = "mfa/reauthenticate_passkey.html"

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        messages.error(self.request, _("This passkey was not accepted. Please try again."))
        return redirect(self.request.get_full_path())


@method_decorator(login_required, name="dispatch")
class ConfirmByMail(BaseReauthenticateView):
    """By a code that is sent to one's address: for whoever has no second factor."""

    request: AuthenticatedHttpRequest
    form_class = MailedCodeForm
    template_name = "account/reauthenticate_mail.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("action") == "send":
            mailed.send(self.request)
            return redirect(request.get_full_path())
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "sent": mailed.is_sent(self.request)}

    def form_valid(self, form: MailedCodeForm) -> HttpResponse:
        verdict = mailed.check(self.request, form.cleaned_data["code"])
        if not verdict:
            form.refuse(verdict)
            return self.form_invalid(form)
        prove(self.request, "code")
        return super().form_valid(form)
