"""The desk's page of the map of the city."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from city import rules
from city.maps import actions, geojson
from city.maps.drawing import drawing
from city.models import Council
from core.domain.rules import require
from portal.city import queries
from portal.city.forms import MapForm
from portal.city.views import page


@require_http_methods(["GET", "POST"])
def map_of_city(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Content of the map, and a file that is put on it. city.rules.change, city.maps.actions."""
    require(rules.change(request.user))
    stored = Council.objects.values_list("map_attribution", flat=True).get()
    form = (
        MapForm(request.POST, request.FILES)
        if request.method == "POST"
        else MapForm(initial={"attribution": stored})
    )
    if form.is_valid():
        with form.attempt():
            _save(form, request)
            return redirect("city_desk:map")
    return page(request, "map", form, counts=queries.counts_of_map(), drawing=drawing())


def _save(form: MapForm, request: AuthenticatedHttpRequest) -> None:
    chosen = form.cleaned_data
    if chosen["file"] is None:
        actions.attribute_map(chosen["attribution"], by=request.user)
        messages.success(request, _("Saved whose data the map is. No file was chosen."))
        return
    content = chosen["file"].read(geojson.MAX_BYTES + 1)
    actions.draw_map(content, chosen["attribution"], by=request.user)
    messages.success(request, _("Saved: pages show this map from now on."))


@require_POST
def remove_map(request: AuthenticatedHttpRequest) -> HttpResponse:
    """No map. city.rules.change."""
    require(rules.change(request.user))
    actions.remove_map(by=request.user)
    messages.success(request, _("Pages show no map from now on."))
    return redirect("city_desk:map")
