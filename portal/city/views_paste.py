"""The desk's page where many streets are put in from a table, after a preview."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from city import rules
from city.lists import description
from city.lists.preview import Fate, Line, preview
from city.streets import table
from core.domain.rules import require
from core.export.csv import NotATable, decode_table
from core.web.forms import RefusableForm, TextField
from portal.city.views import page

#: Lines that are tried within one request, and letters of them.
MOST = 2000
LONGEST = 400_000


class PasteForm(RefusableForm):
    """A table of streets, pasted or as a file; a file takes the place of what is pasted."""

    one_of = ("table", "file")

    table = TextField(
        label=gettext_lazy("Table"),
        required=False,
        strip=False,
        max_length=LONGEST,
        help_text=gettext_lazy(
            "Copied from a spreadsheet, or as CSV. The first line names the columns: “Назва”, and "
            "where you have them “Район”, “Колишні назви” (parted by |), “Широта”, “Довгота”, "
            "“Закрито”."
        ),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a CSV file"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        try:
            if data.get("file"):
                data["table"] = decode_table(data["file"].read(LONGEST * 2))
                self.data = {**self.data, "table": data["table"]}
            if self.errors:
                return data
            if not data.get("table", "").strip():
                raise NotATable(_("Paste a table or choose a file."))
            data["rows"] = table.read(data["table"].encode(), most=MOST)
        except NotATable as wrong:
            self.add_error("table", str(wrong))
        return data


@login_required
@require_http_methods(["GET", "POST"])
def paste_streets(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Show what a table would change; store it when just that was shown and nothing of it is
    refused. city.rules.change."""
    require(rules.change(request.user))
    form = PasteForm(request.POST, request.FILES) if request.method == "POST" else PasteForm()
    if not form.is_valid():
        return page(request, "paste_streets", form)
    rows = form.cleaned_data["rows"]
    lines = preview("street", rows, by=request.user)
    counts = Counter(line.fate for line in lines)
    mark = _mark(form.cleaned_data["table"], lines)
    if request.POST.get("seen") == mark and not counts[Fate.REFUSED]:
        try:
            description.describe({"street": [row for _number, row in rows]}, by=request.user)
        except description.WrongRow as wrong:  # somebody changed the list meanwhile
            form.add_error("table", f"{rows[wrong.place][0]}: {wrong}")
        else:
            messages.success(
                request,
                _("Saved. Added: %(added)s, changed: %(changed)s.")
                % {"added": counts[Fate.ADDED], "changed": counts[Fate.CHANGED]},
            )
            return redirect("city_desk:streets")
    order = [Fate.REFUSED, Fate.CHANGED, Fate.ADDED, Fate.UNCHANGED]
    return page(
        request,
        "paste_streets",
        form,
        lines=sorted(lines, key=lambda line: order.index(line.fate)),
        counts=[(fate.label, counts[fate]) for fate in order],
        mark="" if counts[Fate.REFUSED] or form.errors else mark,
    )


def _mark(text: str, lines: list[Line]) -> str:
    """By what a form tells which preview was shown."""
    told = repr((text, [(line.number, line.fate.value) for line in lines]))
    return blake2b(told.encode(), digest_size=12).hexdigest()
