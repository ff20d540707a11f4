"""The desk's page where many streets or districts are put in from a table, after a preview."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from city import rules
from city.lists import description, districts_table
from city.lists.preview import preview
from city.streets import table as streets_table
from core.domain.rules import require
from core.export.pasted import Outcome, PastedTableForm, preview_of
from portal.city.lists import list_of
from portal.city.views import page

#: Lines that are tried within one request.
MOST = 2000


class StreetsForm(PastedTableForm):
    """A table of streets."""

    columns = gettext_lazy(
        "Copied from a spreadsheet, or as CSV. The first line names the columns: “Назва”, and "
        "where you have them “Район”, “Колишні назви” (parted by |), “Широта”, “Довгота”, "
        "“Закрито”."
    )

    def read(self, content: bytes) -> list[tuple[int, dict[str, Any]]]:
        return streets_table.read(content, most=MOST)


class DistrictsForm(PastedTableForm):
    """A table of districts."""

    columns = gettext_lazy(
        "Copied from a spreadsheet, or as CSV. The first line names the columns: “Назва”, and "
        "where you have them “Населення”, “Назва англійською”, “Закрито”."
    )

    def read(self, content: bytes) -> list[tuple[int, dict[str, Any]]]:
        return districts_table.read(content, most=MOST)


#: By the list's name in addresses.
FORMS: dict[str, type[PastedTableForm]] = {"streets": StreetsForm, "districts": DistrictsForm}


@login_required
@require_http_methods(["GET", "POST"])
def paste(request: AuthenticatedHttpRequest, plural: str) -> HttpResponse:
    """Show what a table would change; store it when just that was shown and nothing of it is
    refused. city.rules.change."""
    require(rules.change(request.user))
    shown = list_of(plural)
    if plural not in FORMS:
        raise Http404
    of_list = FORMS[plural]
    form = of_list(request.POST, request.FILES) if request.method == "POST" else of_list()
    if not form.is_valid():
        return page(request, "paste", form, list=shown)
    rows = form.cleaned_data["rows"]
    found = preview_of(form, preview(shown.table, rows, by=request.user))
    if found.is_confirmed(request.POST):
        try:
            description.describe({shown.table: [row for _number, row in rows]}, by=request.user)
        except description.WrongRow as wrong:  # somebody changed the list meanwhile
            form.add_error("table", f"{rows[wrong.place][0]}: {wrong}")
        else:
            added, changed = map(found.number_of, (Outcome.ADDED, Outcome.CHANGED))
            messages.success(
                request,
                _("Saved. Added: %(added)s, changed: %(changed)s.")
                % {"added": added, "changed": changed},
            )
            return redirect("city_desk:rows", plural)
    return page(request, "paste", form, list=shown, preview=found)
