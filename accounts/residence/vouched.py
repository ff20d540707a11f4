"""Residence by a provider's word: it says that somebody lives here, and they say where.

That it said so stays in their session for a short while, and nowhere else: a yes without a place.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from accounts.models import Residence, User
from accounts.residence import actions, queries
from accounts.residence.forms import DistrictForm
from accounts.security.views import onward
from core.domain import clock
from core.web.forms import posted_data

_KEY = "lives_here"
#: How long the provider's word waits for the district.
LASTS = timedelta(minutes=30)


def lead_on(request: HttpRequest, user: User, *, there: str) -> str:
    """URL to go on to for a person whom a provider has just checked and who lives in the community.

    ``there``: where they were on the way to, "" for nowhere. Without a residence they go by the
    page that asks for the district.
    """
    residence = queries.current(user)
    if residence is not None:
        if residence.how == Residence.How.PROVIDER:
            messages.success(request, _("It is also confirmed that you live in the community."))
        return there
    until = clock.now() + LASTS
    request.session[_KEY] = {"user": user.pk, "until": until.timestamp()}
    return reverse("residence:district") + (f"?{urlencode({'next': there})}" if there else "")


@login_required
@require_http_methods(["GET", "POST"])
def district(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Say in which district one lives. Who was just confirmed by a provider to live here."""
    there = onward(request)
    if not _is_vouched_for(request) or queries.current(request.user):
        return redirect(there or "residence:mine")
    form = DistrictForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            actions.confirm_by_provider(request.user, **form.cleaned_data)
            del request.session[_KEY]
            messages.success(request, _("Thank you: your residence is confirmed."))
            return redirect(there or "residence:mine")
    context = {"form": form, "onward": there}
    return render(request, "accounts/residence/district.html", context, status=form.status)


def _is_vouched_for(request: HttpRequest) -> bool:
    word: dict[str, Any] = request.session.get(_KEY) or {}
    return word.get("user") == request.user.pk and word["until"] > clock.now().timestamp()
