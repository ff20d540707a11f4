"""The desk's pages of outages: the list, and one that the page beat did not measure."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import AuthenticatedHttpRequest
from accounts.security.proofs import fresh_to_change
from consultations.models import Outage
from consultations.outages import actions, rules
from consultations.outages.forms import OutageForm
from consultations.rules import use_desk
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent

#: So many of the newest are listed.
_MOST = 100


@login_required
@require_GET
def outages(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The newest outages, and which consultations they extended. consultations.rules.use_desk."""
    require(use_desk(request.user))
    newest = Outage.objects.select_related("by").prefetch_related("date_changes__consultation")
    context = {"outages": newest[:_MOST], "may_enter": bool(rules.enter(request.user))}
    return render(request, "consultations/desk_outages.html", context)


def _new_outage_answer(request: HttpRequest, _id: int) -> HttpResponse:
    messages.success(
        request, _("Entered. Consultations that it concerns are extended within a minute.")
    )
    return redirect("desk:outages")


@idempotent(_new_outage_answer)
@fresh_to_change
@require_http_methods(["GET", "POST"])
def new_outage(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Enter an outage. rules.enter, rules.times."""
    require(rules.enter(request.user))
    form = OutageForm(posted_data(request))
    if form.is_valid():
        with form.attempt():
            outage = actions.enter(by=request.user, **form.cleaned_data)
            return _new_outage_answer(request, outage.pk)
    context = {"form": form}
    return render(request, "consultations/desk_outage.html", context, status=form.status)
