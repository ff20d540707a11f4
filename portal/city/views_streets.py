"""The desk's list of streets: a city has many, so it is searched and paged."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from accounts.http import AuthenticatedHttpRequest
from city import rules
from city.models import District, Street
from city.streets import finding as find
from core.db.paging import neighbours, page_of
from core.domain.rules import require
from core.web.forms import FilterForm, offer
from portal.city.lists import list_of

#: Streets on a page.
SIZE = 50


class StreetFilter(FilterForm):
    """Which streets are listed."""

    q = forms.CharField(label=_("Name"), max_length=find.LONGEST)
    district = forms.ModelChoiceField(
        District.objects.open(), label=_("District"), empty_label=_("All districts")
    )
    closed = forms.BooleanField(label=_("Closed ones"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False
        offer(self, "district", District.objects.all())  # a closed one may still have streets


@login_required
@require_GET
def streets(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The streets by their names, some of them by words and district. city.rules.change."""
    require(rules.change(request.user))
    form = StreetFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    rows: QuerySet[Street] = Street.objects.filter(closed_at__isnull=not asked.get("closed"))
    if asked.get("q"):
        rows = find.search(rows, asked["q"])
    if asked.get("district"):
        rows = rows.filter(district=asked["district"])
    page = page_of(
        rows.select_related("district"),
        order=("name_key", "pk"),
        after=request.GET.get("after"),
        size=SIZE,
    )
    context = {
        "list": list_of("streets"),
        "form": form,
        "page": page,
        "is_filtered": any(asked.values()),
        **neighbours(page, request.GET),
    }
    return render(request, "portal/city/streets.html", context)
