"""The report as it would be published now, for its officers: page, DOCX, PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.http import AuthenticatedHttpRequest
from consultations.desk.queries import load_worked_on
from consultations.models import Edition, EditionRow
from consultations.pages import consultation_context
from consultations.presenters import ShownConsultation
from consultations.reports import documents, queries, rules
from consultations.reports.composing import compose_edition
from consultations.reports.queries import ShownRow
from consultations.reports.views import MIME, MOST_NAMES, stretches_of
from core.db.collation import key
from core.domain.rules import reject, require
from core.export.docx import docx
from core.export.pdf import as_file, pdf
from core.web.semaphore import slot

#: Of more rows a file takes too long for one request: it is made when the report is published.
MOST_ROWS_OF_FILE = 500


@login_required
@require_GET
def preview(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The report as everybody would read it, marked as not published. reports.rules.write."""
    shown, edition, rows = _compose(request, pk)
    first = _first_row(request.GET.get("from", ""), len(rows))
    size = queries.PAGE_SIZE
    context = {
        **consultation_context(shown),
        "edition": edition,
        "editions": [],
        "is_first_page": first == 0,
        "rows": rows[first : first + size],
        "columns": documents.columns(),
        "next_url": f"?from={first + size}" if first + size < len(rows) else "",
        "previous_url": f"?from={max(first - size, 0)}" if first else "",
        "has_preview_files": len(rows) <= MOST_ROWS_OF_FILE,
    }
    if first == 0:
        names = _names_of(rows)
        context |= {
            "head": documents.title_block(edition),
            "blocks": stretches_of(edition),
            "foot": documents.verification_block(edition),
            "names": names[:MOST_NAMES],
            "more_names": max(0, len(names) - MOST_NAMES),
        }
    return render(request, "consultations/report.html", context)


@login_required
@require_GET
def preview_file(request: AuthenticatedHttpRequest, pk: int, kind: str) -> HttpResponse:
    """The same as a file. reports.rules.write."""
    _shown, edition, rows = _compose(request, pk)
    if len(rows) > MOST_ROWS_OF_FILE:
        reject(
            "report.preview_too_long",
            _("A report of so many proposals gets its files when it is published."),
        )
    with translation.override(settings.LANGUAGE_CODE):
        document = documents.document_of(edition, lambda: rows, _names_of(rows))
        made = pdf(document) if kind == "pdf" else docx(document)
    return as_file(made, f"report-{pk}-preview.{kind}", MIME[kind])


def _compose(
    request: AuthenticatedHttpRequest, pk: int
) -> tuple[ShownConsultation, Edition, Sequence[ShownRow]]:
    """Compose the edition that would be published now. All rows are read, so one at a time on one
    machine.
    """
    shown = load_worked_on(request, pk)
    consultation = shown.consultation
    require(rules.write(request.user, consultation, now=shown.now))
    report = queries.report_of(consultation)
    with (
        slot("report-preview", at_once=1, waiting=4, patience=20.0),
        translation.override(settings.LANGUAGE_CODE),
    ):
        edition, rows = compose_edition(
            consultation, report, by=request.user, at=shown.now, reason=""
        )
    return shown, edition, [_show(row, consultation.procedure.unconsidered) for row in rows]


def _show(row: EditionRow, unconsidered: Mapping[str, str]) -> ShownRow:
    """A row that was composed a moment ago: what everybody may read of it is in its facts."""
    hidden = row.facts["hidden"]
    reason = row.facts["reason"] if hidden else ""
    return ShownRow(row, hidden, unconsidered.get(hidden, ""), reason)


def _names_of(rows: Sequence[ShownRow]) -> list[str]:
    """As reading.names_of of what is published."""
    return sorted(
        {shown.row.name for shown in rows if not shown.hidden and shown.row.name}, key=key
    )


def _first_row(asked: str, total: int) -> int:
    """First row of the page; an invalid place is the beginning."""
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 0
    return number if number < total else 0
