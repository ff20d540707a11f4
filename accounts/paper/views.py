"""Signing in without e-mail: by an account number and a code on paper."""

from __future__ import annotations

from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import BaseReauthenticateView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.allauth_compat import record_authentication
from accounts.allauth_compat import sign_in as sign_in_person
from accounts.http import AuthenticatedHttpRequest
from accounts.models import PaperAccount
from accounts.paper import actions
from accounts.paper.forms import PaperSignInForm, SheetCodeForm
from accounts.security import tries
from accounts.security.proofs import prove
from core.domain.rules import Refused, require
from core.web.forms import posted_data

#: How the session says in which way somebody signed in (allauth's record of authentication).
METHOD = "paper"
#: Codes left from which on the person is told to fetch a new sheet.
FEW = 5


@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in by the next code of a sheet. Anybody; paper.actions.use_code.

    What is wrong, and whether there is such a number, neither the words nor the work tells.
    """
    form = PaperSignInForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        number, code = form.cleaned_data["number"], form.cleaned_data["code"]
        require(tries.spend_sheet(request, number))
        with form.attempt():
            user, left = actions.use_code(number, code)
            if left <= FEW:
                messages.warning(request, _few(left))
            record_authentication(request, user, METHOD)
            return sign_in_person(
                request,
                Login(
                    user=user,
                    email_verification=EmailVerificationMethod.NONE,
                    redirect_url=get_next_redirect_url(request),
                ),
            )
    context = {"form": form, "next": get_next_redirect_url(request)}
    return render(request, "accounts/paper/sign_in.html", context, status=form.status)


@method_decorator(login_required, name="dispatch")
class ConfirmBySheet(BaseReauthenticateView):
    """Prove once more that it is you, by the next code of one's own sheet. Who has an account
    number; paper.actions.use_code."""

    request: AuthenticatedHttpRequest
    form_class = SheetCodeForm
    template_name = "accounts/paper/confirm.html"

    def form_valid(self, form: SheetCodeForm) -> HttpResponse:
        account = PaperAccount.objects.filter(user=self.request.user).first()
        number = account.number if account else ""
        require(tries.spend_sheet(self.request, number))
        try:
            actions.use_code(number, form.cleaned_data["code"])
        except Refused as refusal:
            form.refuse(refusal.verdict)
            return self.form_invalid(form)
        prove(self.request, METHOD)
        return super().form_valid(form)


def _few(left: int) -> str:
    if not left:
        return _("That was the last code of your sheet. Please come to an office for a new one.")
    return ngettext(
        "Your sheet has %(left)d code left. Please come to an office for a new one.",
        "Your sheet has %(left)d codes left. Please come to an office for a new one.",
        left,
    ) % {"left": left}
