"""View of one's own account: whether one may be drawn, and the panels that go on."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import limits
from accounts.http import AuthenticatedHttpRequest
from accounts.limits import per_person
from core.domain import clock
from core.web.forms import posted_data
from insights.models import PanelConsent, PanelMember
from insights.panel import actions
from insights.panel.forms import ConsentForm


@login_required
@require_http_methods(["GET", "POST"])
@per_person(limits.MANAGE)
def consent(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Agree to be drawn, or take it back; one's keys while panels go on. Anybody signed in."""
    agrees = PanelConsent.objects.filter(user=request.user).exists()
    form = ConsentForm(posted_data(request), initial={"agrees": agrees})
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            if form.cleaned_data["agrees"]:
                actions.agree(request.user)
                messages.success(request, _("Saved. You may be drawn for the next panel."))
            else:
                actions.take_back(request.user)
                messages.success(request, _("Saved. You will not be drawn."))
            return redirect("panel_account:consent")
    places = PanelMember.objects.filter(user=request.user).select_related("panel")
    context = {
        "form": form,
        "places": places.defer("panel__list_text").order_by("-pk"),
        "now": clock.now(),
    }
    return render(request, "insights/panel_consent.html", context, status=form.status)
