"""The desk's pages of the council's arms and colours."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from city import rules
from city.council import actions
from city.council import arms as published
from city.models import Council
from core.domain.rules import require
from core.web.forms import posted_data
from portal.city.forms import ArmsForm, ColoursForm
from portal.city.preview import samples
from portal.city.views import page


@require_http_methods(["GET", "POST"])
def looks(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Arms and colours; what is sent are the colours, to be saved or only shown (``preview``).
    city.rules.change."""
    require(rules.change(request.user))
    row = _row()
    shown = ColoursForm().current_values(row)
    form = ColoursForm(posted_data(request), initial=shown)
    if form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in shown}
        if "preview" in request.GET:
            return page(request, "looks", form, arms_form=ArmsForm(), samples=samples(**chosen))
        with form.attempt(), form.saving(row):
            actions.set_colours(chosen["brand"], dark=chosen["brand_dark"], by=request.user)
            messages.success(request, _("Saved: pages have these colours from now on."))
            return redirect("city_desk:looks")
    return page(request, "looks", form, arms_form=ArmsForm(), samples=samples(**shown))


@require_POST
def arms(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Other arms. city.rules.change, city.council.arms.accept."""
    require(rules.change(request.user))
    form = ArmsForm(request.POST, request.FILES)
    if form.is_valid():
        with form.attempt():
            data = form.cleaned_data["file"].read(published.MAX_BYTES + 1)
            actions.set_arms(data, by=request.user)
            messages.success(request, _("Saved: pages show these arms from now on."))
            return redirect("city_desk:looks")
    shown = ColoursForm().current_values(_row())
    colours = ColoursForm(initial=shown)
    answer = page(request, "looks", colours, arms_form=form, samples=samples(**shown))
    answer.status_code = form.status
    return answer


@require_POST
def remove_arms(request: AuthenticatedHttpRequest) -> HttpResponse:
    """No arms. city.rules.change."""
    require(rules.change(request.user))
    actions.remove_arms(by=request.user)
    messages.success(request, _("Pages show no arms from now on."))
    return redirect("city_desk:looks")


def _row() -> Council:
    return Council.objects.defer("arms").get()
