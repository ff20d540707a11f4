"""Views of the desk: who sits in the council is changed. rules.roles.keep_council: administrators.

What was voted stays as it was: a vote has the faction of its day, a roll-call the total of its day.
"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from core.domain import clock
from core.domain.calendar import local_date
from core.domain.rules import require
from core.web.forms import posted_data
from meetings.deputies import actions
from meetings.deputies.forms_edit import (
    ChairForm,
    EditBodyForm,
    EditDeputyForm,
    RenameFactionForm,
)
from meetings.deputies.views_desk import form_page
from meetings.models import Body, Deputy, Faction
from meetings.rules import keep_council


def _redirect_saved(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("deputies_desk:list")


@login_required
@require_http_methods(["GET", "POST"])
def edit_deputy(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Rename a deputy, change their faction, end their powers. rules.council.edit_deputy."""
    require(keep_council(request.user))
    deputy = get_object_or_404(Deputy.objects.select_related("user"), pk=pk)
    form = EditDeputyForm(posted_data(request), deputy=deputy)
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.showing_taken(), form.saving(deputy):
            data = dict(form.cleaned_data)
            actions.edit_deputy(deputy, by=request.user, user=data.pop("email"), **data)
            return _redirect_saved(request)
    return form_page(request, form, _("Change a deputy"), about=deputy.name, once=False)


@login_required
@require_http_methods(["GET", "POST"])
def edit_body(request: AuthenticatedHttpRequest, body_pk: int) -> HttpResponse:
    """Rename a body, change its total, say that it no longer meets. rules.council.edit_body."""
    require(keep_council(request.user))
    body = get_object_or_404(Body, pk=body_pk)
    form = EditBodyForm(posted_data(request), body=body)
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.showing_taken(), form.saving(body):
            actions.edit_body(body, by=request.user, **form.cleaned_data)
            return _redirect_saved(request)
    return form_page(request, form, _("Change a body"), about=body.local_name, once=False)


@login_required
@require_http_methods(["GET", "POST"])
def edit_faction(request: AuthenticatedHttpRequest, faction_pk: int) -> HttpResponse:
    """Rename a faction. rules.council.add_named."""
    require(keep_council(request.user))
    faction = get_object_or_404(Faction, pk=faction_pk)
    form = RenameFactionForm(posted_data(request), faction=faction)
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.showing_taken(), form.saving(faction):
            names = {name: form.cleaned_data[name] for name in ("name", "name_en")}
            actions.rename_faction(faction, by=request.user, **names)
            return _redirect_saved(request)
    return form_page(request, form, _("Rename a faction"), about=faction.local_name, once=False)


@login_required
@require_http_methods(["GET", "POST"])
def chair(request: AuthenticatedHttpRequest, body_pk: int) -> HttpResponse:
    """Say who chairs a body from a day on. rules.council.change_chair."""
    require(keep_council(request.user))
    body = get_object_or_404(Body, pk=body_pk)
    today = local_date(clock.now())
    form = ChairForm(posted_data(request), body=body, initial={"since": today})
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.showing_taken():
            actions.change_chair(body, by=request.user, **form.cleaned_data)
            return _redirect_saved(request)
    return form_page(request, form, _("Change the chair"), about=body.name, once=False)
