"""The desk's page of the synonyms by which people find things."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from city import rules
from city.lists.forms import CityForm
from core.domain.rules import require
from core.web.forms import posted_data
from portal.city.views import page
from search.actions import TABLE, set_synonyms
from search.models import LONGEST_SYNONYMS, SynonymList
from search.synonyms import starter


class SynonymsForm(CityForm):
    """The council's own synonyms, a line for those of one thing."""

    table = TABLE
    refused_at = {"search.bad_synonyms": "lines", "search.too_many_synonyms": "lines"}

    lines = forms.CharField(
        label=_("The council’s own synonyms"),
        required=False,
        max_length=LONGEST_SYNONYMS,
        help_text=_(
            "One line for each thing: “автобус = маршрутка, bus”. “депо > тролейбус” finds "
            "trolleybuses by “депо”, and not the other way. A line that begins with “-” takes out "
            "what the list below says."
        ),
        widget=forms.Textarea(attrs={"rows": 12, "lang": "uk", "spellcheck": "false"}),
    )

    def current_values(self, row: Any) -> Mapping[str, Any]:
        return {"lines": row.lines}


@require_http_methods(["GET", "POST"])
def synonyms(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The synonyms of the search. city.rules.change."""
    require(rules.change(request.user))
    row = SynonymList.objects.get()
    form = SynonymsForm(posted_data(request), initial={"lines": row.lines})
    if form.is_valid():
        with form.attempt(), form.saving(row):
            set_synonyms(form.cleaned_data["lines"], by=request.user)
            messages.success(request, _("Saved: the search knows it from now on."))
            return redirect("city_desk:synonyms")
    return page(request, "synonyms", form, starter=starter())
