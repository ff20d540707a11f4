"""Desk pages of spreadsheets: the files, what one that was brought back changes."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import AuthenticatedHttpRequest
from consultations.dispositions import rules
from consultations.dispositions.table import frame_of, load_table
from consultations.models import SheetImport
from consultations.sheets import actions
from consultations.sheets.columns import WIDTHS, choices, lines, titles
from consultations.sheets.comparing import (
    Compared,
    Outcome,
    Summary,
    compare,
    find_absent,
    with_words,
)
from consultations.sheets.forms import ApplyForm, BringForm
from consultations.sheets.reading import MOST_LINES, LineError, SheetRow
from core.domain.rules import reject
from core.domain.typography import group_thousands
from core.export.csv import as_csv
from core.export.ods import MIME as ODS
from core.export.ods import Sheet, ods
from core.export.xlsx import MIME as XLSX
from core.export.xlsx import xlsx
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from core.web.semaphore import slot

#: Lines of each outcome that the page lists.
_SHOWN = 200


def _bring_answer(request: HttpRequest, brought_id: int, pk: int) -> HttpResponse:
    get_object_or_404(SheetImport, pk=brought_id)
    return redirect("desk:sheet", pk, brought_id)


@idempotent(_bring_answer)
@login_required
@require_http_methods(["GET", "POST"])
def sheets(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take the table out, bring it back. rules.use_table, rules.fill."""
    table = load_table(request, pk)
    form = BringForm(posted_data(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            brought = actions.bring(
                table.consultation,
                by=request.user,
                file=form.cleaned_data["file"].file,
                is_assigned=not table.keeps_record,
            )
            return _bring_answer(request, brought.pk, pk)
    context = {**frame_of(table), "form": form, "most": MOST_LINES, "number": table.rows.count()}
    return render(request, "consultations/desk_sheets.html", context, status=form.status)


@login_required
@require_GET
def sheet_file(request: AuthenticatedHttpRequest, pk: int, ending: str) -> HttpResponseBase:
    """The table as a file, of the rows that one sees. rules.use_table."""
    table = load_table(request, pk)
    name = f"dispositions-{pk}.{ending}"
    rows = lines(table.consultation, table.rows)
    if ending == "csv":
        return as_csv(titles(), rows, name)
    if table.rows.count() > MOST_LINES:
        reject(
            "sheet.too_long",
            _("The table has more than %(most)s rows: take it out as CSV.")
            % {"most": group_thousands(MOST_LINES)},
        )
    sheet = Sheet(_("Table of dispositions"), titles(), rows)
    with slot("sheets", at_once=1, waiting=4, patience=20.0):
        if ending == "xlsx":
            content = xlsx([sheet], widths=WIDTHS, choices=choices(table.text))
        else:
            content = ods([sheet], choices=choices(table.text))
    return HttpResponse(
        content,
        content_type=XLSX if ending == "xlsx" else ODS,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@login_required
@require_http_methods(["GET", "POST"])
def sheet(request: AuthenticatedHttpRequest, pk: int, sheet_pk: int) -> HttpResponse:
    """Changes of a file, row by row; then apply it. The officer who uploaded it, rules.fill."""
    table = load_table(request, pk)
    own = SheetImport.objects.filter(consultation=pk, by=request.user)
    brought = get_object_or_404(own, pk=sheet_pk)
    rows = [SheetRow(*values) for values in brought.rows]
    compared = compare(
        rows, table.consultation, visible=table.rows, by=request.user, now=table.shown.now
    )
    form = ApplyForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        done = actions.apply(brought, compared, by=request.user, **form.cleaned_data)
        messages.success(request, _result_message(done))
        return redirect("desk:sheet", pk, sheet_pk) if done.left else redirect("desk:table", pk)
    summary = Summary(most=_SHOWN).add(compared)
    unread = [LineError(*values) for values in brought.errors]
    errors = [(each.line, each.message) for each in unread]
    errors += [(each.sheet.line, each.message) for each in summary.first[Outcome.ERROR]]
    told = {each.number for each in rows} | {each.number for each in unread}
    form.offer(
        overwrites=summary.counts[Outcome.CONFLICT] > 0,
        unchecked=summary.counts[Outcome.UNCHECKED] > 0,
    )
    context = {
        **frame_of(table),
        "brought": brought,
        "form": form,
        "counts": summary.counts,
        **_shown_rows(summary),
        "errors": sorted(errors)[:_SHOWN],
        "absent": find_absent(told, table.rows),
        "changed_words": summary.changed_words,
        "first_changed_words": sorted(
            summary.first_changed_words, key=lambda each: each.sheet.line
        ),
        "number_of_errors": len(brought.errors) + summary.counts[Outcome.ERROR],
        "shown_most": _SHOWN,
        "may_fill": rules.fill(
            request.user,
            table.consultation,
            now=table.shown.now,
            is_assigned=not table.keeps_record,
        ),
    }
    return render(request, "consultations/desk_sheet.html", context, status=form.status)


def _shown_rows(summary: Summary) -> dict[str, list[Compared]]:
    """Lines that may be applied, each with what its remark says: one query."""
    kinds = (Outcome.CHANGES, Outcome.CONFLICT, Outcome.UNCHECKED)
    shown = with_words(each for kind in kinds for each in summary.first[kind])
    names = ("changes", "conflicts", "unchecked")
    return {
        name: [each for each in shown if each.outcome is kind]
        for name, kind in zip(names, kinds, strict=True)
    }


def _result_message(done: actions.Applied) -> str:
    told = [
        ngettext("%(number)s row is changed.", "%(number)s rows are changed.", done.changed)
        % {"number": group_thousands(done.changed)}
    ]
    if done.conflicts:
        told.append(
            ngettext(
                "%(number)s was changed by somebody in this moment and stays as it is.",
                "%(number)s were changed by somebody in this moment and stay as they are.",
                done.conflicts,
            )
            % {"number": group_thousands(done.conflicts)}
        )
    if done.left:
        told.append(_("More rows are left: apply the file once more."))
    return " ".join(told)
