"""The desk's pages of local elections, in which the council holds no public consultations."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import AuthenticatedHttpRequest
from city import rules
from city.lists import actions
from city.models import LocalElection
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from portal.city.forms import ElectionForm
from portal.city.views import page


@login_required
@require_GET
def elections(request: AuthenticatedHttpRequest) -> HttpResponse:
    """All of them. city.rules.change."""
    require(rules.change(request.user))
    found = LocalElection.objects.order_by("-starts_on")
    return render(request, "portal/city/elections.html", {"elections": found})


def _new_election_answer(request: AuthenticatedHttpRequest, _id: int) -> HttpResponse:
    messages.success(request, _("Added; no public consultation can be announced for these days."))
    return redirect("city_desk:elections")


@idempotent(_new_election_answer)
@require_http_methods(["GET", "POST"])
def new_election(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Add one. city.rules.change."""
    require(rules.change(request.user))
    form = ElectionForm(posted_data(request))
    if form.is_valid():
        with form.attempt(), form.showing_errors():
            made = actions.add("election", form.cleaned_data, by=request.user)
            return _new_election_answer(request, made.pk)
    return page(request, "election", form)


@require_http_methods(["GET", "POST"])
def election(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Correct its days, or take away what was entered by mistake. city.rules.change."""
    require(rules.change(request.user))
    edited = get_object_or_404(LocalElection, pk=pk)
    if request.POST.get("remove") == "on":
        actions.remove(edited, by=request.user)
        messages.success(request, _("Removed."))
        return redirect("city_desk:elections")
    form = ElectionForm(posted_data(request), instance=edited)
    if form.is_valid():
        with form.attempt(), form.showing_errors(), form.saving(edited):
            actions.change(edited, form.cleaned_data, by=request.user)
            messages.success(request, _("Saved."))
            return redirect("city_desk:elections")
    return page(request, "election", form, election=LocalElection.objects.get(pk=pk))
