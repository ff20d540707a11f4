"""The desk's page where many documents are entered from a table, after a preview."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from core.domain import clock
from core.domain.calendar import local_date
from core.domain.rules import require
from core.export.csv import written
from core.export.pasted import Outcome, PastedTableForm, preview_of
from core.export.spreadsheets import MAX_BYTES
from records.documents import actions, rules, table


class TableForm(PastedTableForm):
    """A table of documents."""

    most_bytes = MAX_BYTES
    columns = gettext_lazy(
        "Copied from a spreadsheet, or as CSV. The first line names the columns: “Назва”, "
        "“Дата створення”, “Розпорядник”, and where you have them “Вид”, “Номер”, “Дата "
        "надходження”, “Джерело”, “Носій”, “Місце зберігання”, “Галузь”, “Ключові слова”, "
        "“Адреса”, “Доступ”, “Підстава”, “Строк обмеження”."
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

    def decode(self, content: bytes) -> str:
        cells = table.read_cells(content)
        names = list(dict.fromkeys(name for _number, line in cells for name in line))
        lines = ([line.get(name, "") for name in names] for _number, line in cells)
        return written([names, *lines]).removeprefix("\ufeff")

    def read(self, content: bytes) -> list[tuple[int, dict[str, str]]]:
        return table.read_cells(content)


@login_required
@require_http_methods(["GET", "POST"])
def enter_table(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Show what a table would enter; enter it when just that was shown and nothing of it is
    refused. rules.say of each line."""
    require(rules.see_desk(request.user))
    form = TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()
    found = None
    if form.is_valid():
        today = local_date(clock.now())
        is_neutral = form.cleaned_data["is_neutral"]
        cells = form.cleaned_data["rows"]
        judged = table.judge(cells, by=request.user, today=today, is_neutral=is_neutral)
        found = preview_of(form, judged.lines)
        if found.is_confirmed(request.POST):
            with form.attempt():
                actions.enter_all(judged.new, by=request.user, is_neutral=is_neutral)
                said = _("Saved. Added: %(added)s.") % {"added": found.number_of(Outcome.ADDED)}
                messages.success(request, said)
                return redirect("documents_desk:list")
    context = {"form": form, "preview": found}
    return render(request, "records/desk_documents_table.html", context, status=form.status)
