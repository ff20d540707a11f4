"""The desk's pages of the council's own data: overview, names and contacts, ages, the trace."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import AuthenticatedHttpRequest
from city import rules
from city.council import actions as council_actions
from city.council.actions import CONTACTS
from city.lists import actions
from city.models import AgeGroup, Council
from core.db.paging import neighbours
from core.domain.actions import action
from core.domain.rules import require
from core.web.forms import RefusableForm, posted_data
from portal.city import queries
from portal.city.forms import AgesForm, CouncilForm


@login_required
@require_GET
def index(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Parts of the council's settings, with links to edit each. city.rules.change."""
    require(rules.change(request.user))
    return render(request, "portal/city/index.html", queries.of_index())


@require_http_methods(["GET", "POST"])
def council(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Names and contacts. city.rules.change."""
    require(rules.change(request.user))
    row = Council.objects.defer("arms").get()
    form = CouncilForm(posted_data(request), initial=model_to_dict(row, fields=CONTACTS))
    if form.is_valid():
        with form.attempt(), form.showing_errors(), form.saving(row):
            council_actions.change_council(form.cleaned_data, by=request.user)
            messages.success(request, _("Saved: pages and mails say so from now on."))
            return redirect("city_desk:index")
    return page(request, "council", form)


@require_http_methods(["GET", "POST"])
def ages(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Number of residents by age. city.rules.change."""
    require(rules.change(request.user))
    row = Council.objects.defer("arms").get()
    form = AgesForm(posted_data(request), initial=AgesForm().current_values(row))
    if form.is_valid():
        with form.attempt(), form.showing_errors(), form.saving(row):
            _save_ages(form.populations(), request.user)
            messages.success(request, _("Saved."))
            return redirect("city_desk:index")
    return page(request, "ages", form)


def _save_ages(populations: dict[int, int | None], by: Any) -> None:
    known = {each.since: each for each in AgeGroup.objects.all()}
    with action():
        for since, population in populations.items():
            group = known.get(since)
            if population is None:
                if group is not None:
                    actions.remove(group, by=by)
            elif group is None:
                actions.add("age", {"since": since, "population": population}, by=by)
            else:
                actions.change(group, {"population": population}, by=by)


@login_required
@require_GET
def changes(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Changes with author, time, and values before and after. city.rules.change."""
    require(rules.change(request.user))
    found = queries.changes(request.GET.get("after"))
    context = {"page": found, **neighbours(found, request.GET)}
    return render(request, "portal/city/changes.html", context)


def page(
    request: AuthenticatedHttpRequest, name: str, form: RefusableForm, **more: Any
) -> HttpResponse:
    """A page with a form, with the form's status."""
    context = {"form": form, **more}
    return render(request, f"portal/city/{name}.html", context, status=form.status)
