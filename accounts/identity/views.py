"""Views of one's own identity: the level, the ways to raise it, to a provider and back."""

from __future__ import annotations

from typing import Any

import requests
from allauth.socialaccount.adapter import get_adapter as get_social_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.base.provider import ProviderException
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.adapter import Adapter, first_page
from accounts.http import AuthenticatedHttpRequest
from accounts.identity import actions, names, queries
from accounts.identity.adapter import FAILED, trouble
from accounts.identity.asking import sense
from accounts.people import actions as people


@login_required
@require_GET
def verify(request: AuthenticatedHttpRequest) -> HttpResponse:
    """My level, what it lets me do, and every way to raise it. Anybody signed in, of themselves."""
    onward = safe(request, request.GET.get("next", ""))
    context = {
        **queries.mine(request.user),
        "onward": onward,
        "offer": names.offer_to(request),
    }
    return render(request, "accounts/identity/verify.html", context)


@login_required
@require_POST
def begin(request: AuthenticatedHttpRequest, provider: str) -> HttpResponse:
    """Go to a provider to be checked. Anybody signed in, who has just proved that it is them."""
    known = _provider(request, provider)
    return _leave(request, known, AuthProcess.CONNECT, data={"user": request.user.pk})


@require_POST
def enter(request: HttpRequest, provider: str) -> HttpResponse:
    """Sign in by a provider that is connected with one's account. Anybody."""
    known = _provider(request, provider)
    if request.user.is_authenticated:
        return redirect(first_page(request.user))
    return _leave(request, known, AuthProcess.LOGIN)


@require_GET
def callback(request: HttpRequest, provider: str) -> HttpResponse:
    """Callback of the provider, once and only in the session that began the check."""
    known = _provider(request, provider)
    adapter = known.get_oauth2_adapter(request)
    answer: HttpResponse = OAuth2CallbackView.adapter_view(adapter)(request)
    return answer


@login_required
@require_POST
def take_name(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Take on the name that the provider knows, or keep one's own; then onward."""
    offer = names.settle(request)
    if offer and request.POST.get("take"):
        people.change_profile(request.user, fields=names.fields_of(offer))
        messages.success(request, _("Your name is changed."))
    return redirect(safe(request, offer.get("onward", "")) or "identity:verify")


@login_required
@require_POST
def disconnect(request: AuthenticatedHttpRequest, provider: str) -> HttpResponse:
    """Sign in by a provider no more; what it confirmed stays. Anybody signed in, of themselves."""
    actions.disconnect(request.user, provider)
    messages.success(request, _("You cannot sign in this way any more. What is confirmed stays."))
    return redirect("identity:verify")


def safe(request: HttpRequest, address: str) -> str:
    """The address if it is one of this very site, "" otherwise."""
    return address if address and Adapter(request).is_safe_url(address) else ""


def _provider(request: HttpRequest, provider: str) -> OAuth2Provider:
    try:
        found = get_social_adapter(request).get_provider(request, provider)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    if not isinstance(found, OAuth2Provider):
        raise Http404
    return found


def _leave(
    request: HttpRequest, provider: OAuth2Provider, process: str, data: dict[str, Any] | None = None
) -> HttpResponse:
    """A page with the link to the provider: what is asked of it, and the way there.

    Not a redirect: our content policy lets no form lead to another host, and that is good.
    """
    onward = safe(request, request.POST.get("next", ""))
    try:
        with sense():
            away = provider.redirect(request, process, next_url=onward or None, data=data)
    except (requests.RequestException, ProviderException):
        return trouble(request, FAILED)
    context = {
        "provider": provider,
        "address": away["Location"],
        "onward": onward,
        "is_check": process == AuthProcess.CONNECT,
    }
    return render(request, "accounts/identity/leave.html", context)
