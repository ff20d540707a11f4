"""Views of one's second factors: an app, passkeys, recovery codes."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter as account_adapter
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.allauth_compat import begin_passkey_registration, unused_recovery_codes
from accounts.http import AuthenticatedHttpRequest
from accounts.security import actions, rules
from accounts.security.factors import Type, load_factors
from accounts.security.forms import AppForm, PasskeyForm, PasskeyNameForm, passkey_name
from accounts.security.proofs import FACTOR, freshly_authenticated, prove
from core.web.forms import posted_data

page_or_form = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_safe
def index(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The person's own sign-in methods, and those that can be added. Anybody signed in."""
    have = load_factors(request.user)
    codes = have[Type.RECOVERY_CODES]
    context = {
        "app": next(iter(have[Type.TOTP]), None),
        "passkeys": [row.wrap() for row in have[Type.WEBAUTHN]],
        "codes_left": len(unused_recovery_codes(codes[0])) if codes else None,
    }
    return render(request, "mfa/index.html", context)


@login_required
@require_safe
def second_factor_needed(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Why staff need a second factor, and the ways to one. Anybody signed in."""
    return render(request, "mfa/needed.html", {"onward": onward(request)})


@freshly_authenticated
@page_or_form
def connect_app(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Show the secret, take the app's first code. rules.add_app; proved just now."""
    form = AppForm(request, posted_data(request))
    if form.is_valid():
        with form.attempt():
            app = actions.add_app(request.user, secret=form.secret, step=form.step)
            AppForm.forget(request)
            return _answer_added(request, app, _("The app is connected."))
    context = {
        "form": form,
        "otpauth": get_adapter().build_totp_url(request.user, form.secret),
        "secret": " ".join(form.secret[at : at + 4] for at in range(0, len(form.secret), 4)),
        "onward": onward(request),
    }
    return render(request, "mfa/app_connect.html", context, status=form.status)


@freshly_authenticated
@page_or_form
def disconnect_app(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Give the app up. rules.remove_factor; proved just now."""
    app = get_object_or_404(Authenticator, user=request.user, type=Type.TOTP)
    return _remove(request, app, "mfa/app_disconnect.html", _("The app is disconnected."))


@freshly_authenticated
@page_or_form
def add_passkey(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Make a passkey in the browser and keep its public part. rules.add_passkey; proved just
    now."""
    user = request.user
    passkeys = len(load_factors(user)[Type.WEBAUTHN])
    form = PasskeyForm(posted_data(request), initial={"name": passkey_name(user, passkeys)})
    if form.is_valid():
        with form.attempt():
            passkey = actions.add_passkey(user, **form.cleaned_data)
            return _answer_added(request, passkey, _("The passkey is added."))
    context = {
        "form": form,
        "options": begin_passkey_registration(user),
        "onward": onward(request),
    }
    return render(request, "mfa/passkey_add.html", context, status=form.status)


@freshly_authenticated
@page_or_form
def rename_passkey(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Call a passkey of one's own otherwise; proved just now."""
    passkey = get_object_or_404(Authenticator, user=request.user, type=Type.WEBAUTHN, pk=pk)
    form = PasskeyNameForm(posted_data(request), initial={"name": passkey.wrap().name})
    if form.is_valid():
        actions.rename_passkey(passkey, name=form.cleaned_data["name"])
        messages.success(request, _("Saved."))
        return redirect("mfa_index")
    return render(
        request, "mfa/passkey_rename.html", {"form": form}, status=422 if form.errors else 200
    )


@freshly_authenticated
@page_or_form
def remove_passkey(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Give a passkey of one's own up. rules.remove_factor; proved just now."""
    passkey = get_object_or_404(Authenticator, user=request.user, type=Type.WEBAUTHN, pk=pk)
    return _remove(request, passkey, "mfa/passkey_remove.html", _("The passkey is removed."))


@freshly_authenticated
@require_safe
def recovery_codes(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The codes that are left, to print or to write down; proved just now."""
    context = {"codes": _codes_of(request), "onward": onward(request) or reverse("mfa_index")}
    return render(request, "mfa/recovery_codes.html", context)


@freshly_authenticated
@require_safe
def download_codes(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The same as a text file; proved just now."""
    page = render(
        request,
        "mfa/recovery_codes.txt",
        {"codes": _codes_of(request)},
        content_type="text/plain; charset=utf-8",
    )
    page["Content-Disposition"] = 'attachment; filename="viche-codes.txt"'
    return page


@freshly_authenticated
@page_or_form
def renew_codes(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Make new codes in place of the old ones. rules.renew_codes; proved just now."""
    if request.method == "POST":
        actions.renew_codes(request.user)
        messages.success(request, _("Here are your new codes. The old ones do not work any more."))
        return redirect("mfa_view_recovery_codes")
    return render(request, "mfa/recovery_codes_renew.html")


def onward(request: HttpRequest) -> str:
    """The URL of this site to go on to (``next``); "" for none."""
    wanted = request.GET.get("next", "")
    return wanted if wanted and account_adapter(request).is_safe_url(wanted) else ""


def _answer_added(
    request: AuthenticatedHttpRequest, factor: Authenticator, words: str
) -> HttpResponse:
    """The new factor was shown just now, so it counts for this session; the codes come next."""
    prove(request, FACTOR, id=factor.pk, type=factor.type)
    messages.success(request, words)
    way = reverse("mfa_view_recovery_codes")
    query = request.GET.copy()
    return redirect(f"{way}?{query.urlencode()}" if query else way)


def _remove(
    request: AuthenticatedHttpRequest, factor: Authenticator, template: str, words: str
) -> HttpResponse:
    others = [*load_factors(request.user)[Type.TOTP], *load_factors(request.user)[Type.WEBAUTHN]]
    verdict = rules.remove_factor(
        request.user, others=sum(1 for other in others if other.pk != factor.pk)
    )
    if request.method == "POST":
        actions.remove_factor(factor, by=request.user)
        messages.success(request, words)
        return redirect("mfa_index")
    context: dict[str, Any] = {"verdict": verdict, "last": len(others) == 1, "factor": factor}
    return render(request, template, context)


def _codes_of(request: HttpRequest) -> list[str]:
    row = next(iter(load_factors(request.user)[Type.RECOVERY_CODES]), None)
    if row is None:
        raise Http404
    return [f"{code[:4]}-{code[4:]}" for code in unused_recovery_codes(row)]
