"""The desk's page where many documents are entered from a table, after a preview."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from city.lists.preview import Fate, Line
from core.domain import clock
from core.domain.calendar import local_date
from core.domain.rules import require
from core.export.csv import NotATable, written
from core.export.spreadsheets import MAX_BYTES
from core.web.forms import RefusableForm, TextField
from records.documents import actions, rules, table

#: Letters of a table that goes with the form from the preview to the button.
LONGEST = 400_000
_ORDER = [Fate.REFUSED, Fate.ADDED, Fate.UNCHANGED]


class TableForm(RefusableForm):
    """A table of documents, pasted or as a file; a file takes the place of what is pasted."""

    one_of = ("table", "file")

    table = TextField(
        label=gettext_lazy("Table"),
        required=False,
        strip=False,
        max_length=LONGEST,
        help_text=gettext_lazy(
            "Copied from a spreadsheet, or as CSV. The first line names the columns: “Назва”, "
            "“Дата створення”, “Розпорядник”, and where you have them “Вид”, “Номер”, “Дата "
            "надходження”, “Джерело”, “Носій”, “Місце зберігання”, “Галузь”, “Ключові слова”, "
            "“Адреса”, “Доступ”, “Підстава”, “Строк обмеження”."
        ),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy(".xlsx, .ods or .csv; the first line names the columns."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.ods"}),
    )
    is_neutral = forms.BooleanField(
        label=gettext_lazy("Names of restricted documents are in neutral words"),
        required=False,
        help_text=gettext_lazy("Say this after you have looked at them: everybody reads them."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        try:
            content = data["table"].encode()
            if data.get("file"):
                content = data["file"].read(MAX_BYTES + 1)
            if not content.strip():
                raise NotATable(_("Paste a table or choose a file."))
            data["cells"] = table.read_cells(content)
        except NotATable as wrong:
            self.add_error("table", str(wrong))
            return data
        if data.get("file"):
            # A browser does not send the file a second time: its cells go with the form.
            data["table"] = _as_text(data["cells"])
            self.data = {**self.data, "table": data["table"]}
        return data


def _as_text(cells: list[tuple[int, dict[str, str]]]) -> str:
    names = list(dict.fromkeys(name for _number, line in cells for name in line))
    lines = ([line.get(name, "") for name in names] for _number, line in cells)
    return written([names, *lines]).removeprefix("\ufeff")


@login_required
@require_http_methods(["GET", "POST"])
def enter_table(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Show what a table would enter; enter it when just that was shown and nothing of it is
    refused. rules.say of each line."""
    require(rules.see_desk(request.user))
    form = TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        today = local_date(clock.now())
        is_neutral = form.cleaned_data["is_neutral"]
        cells = form.cleaned_data["cells"]
        judged = table.judge(cells, by=request.user, today=today, is_neutral=is_neutral)
        counts = Counter(line.fate for line in judged.lines)
        mark = _mark(cells, judged.lines)
        if request.POST.get("seen") == mark and not counts[Fate.REFUSED]:
            with form.attempt():
                actions.enter_all(judged.new, by=request.user, is_neutral=is_neutral)
                said = _("Saved. Added: %(added)s.") % {"added": counts[Fate.ADDED]}
                messages.success(request, said)
                return redirect("documents_desk:list")
        context |= {
            "lines": sorted(judged.lines, key=lambda line: _ORDER.index(line.fate)),
            "counts": [(fate.label, counts[fate]) for fate in _ORDER],
            "mark": "" if counts[Fate.REFUSED] or not judged.new or form.errors else mark,
            "is_refused": bool(counts[Fate.REFUSED]),
        }
    return render(request, "records/desk_documents_table.html", context, status=form.status)


def _mark(cells: list[tuple[int, dict[str, str]]], lines: list[Line]) -> str:
    """By what a form tells which preview was shown: the cells, and what becomes of each line."""
    said = [sorted((name, cell) for name, cell in line.items() if cell) for _number, line in cells]
    told = repr((said, [line.fate.value for line in lines]))
    return blake2b(told.encode(), digest_size=12).hexdigest()
