"""The public pages of a report: its editions, their files, and what they are verified by."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from consultations.models import Edition, EditionRow
from consultations.pages import consultation_context
from consultations.presenters import ShownConsultation
from consultations.reports import documents, manifest, queries
from consultations.views import load_consultation, topic_of_page
from core.db.paging import neighbours
from core.export.sharing import share_context
from core.web.downloads import SANDBOXED
from core.web.pages import shared_page

#: So many names of participants stand on the page; the files have all.
MOST_NAMES = 300
MIME = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@require_safe
@shared_page(topic_of_page)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """A published report, its newest edition or the one asked for, in pages. Anybody."""
    shown = load_consultation(request, pk)
    edition = _load_edition(shown, request)
    shared = share_context(reverse("consultations:report", args=[pk]), "consultations:card", pk)
    if edition is None:
        # Published before there were editions: what was decided is all that there is.
        context: dict[str, Any] = {**consultation_context(shown), **shared}
        return render(request, "consultations/report.html", context)
    after = request.GET.get("after", "")
    page = queries.rows_page(edition, after)
    context = {
        **consultation_context(shown),
        **shared,
        "edition": edition,
        "editions": queries.editions_of(shown.consultation),
        "is_first_page": not page.previous_cursor,
        "rows": page,
        "columns": documents.columns(),
        **neighbours(page, request.GET),
    }
    if context["is_first_page"]:
        names = queries.names_of(edition)
        context |= {
            "head": documents.title_block(edition),
            "blocks": stretches_of(edition),
            "foot": documents.verification_block(edition),
            "names": names[:MOST_NAMES],
            "more_names": max(0, len(names) - MOST_NAMES),
        }
    return render(request, "consultations/report.html", context)


@require_safe
def report_file(request: HttpRequest, pk: int, kind: str) -> FileResponse:
    """The DOCX or PDF of an edition, to be saved. Anybody; 404 until it is made."""
    edition = _load_edition(load_consultation(request, pk), request)
    if edition is None or not edition.has_files:
        raise Http404
    try:
        content = getattr(edition, kind).open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    return FileResponse(
        content,
        as_attachment=True,
        filename=f"report-{pk}-{edition.number}.{kind}",
        content_type=MIME[kind],
        headers=SANDBOXED,
    )


@require_safe
def report_manifest(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The manifest of an edition, whose SHA-256 the report tells. Anybody."""
    edition = _load_edition(load_consultation(request, pk), request)
    if edition is None:
        raise Http404
    hashed = EditionRow.objects.filter(edition=edition).defer("name", "words").order_by("place")
    lines = manifest.lines_of(edition, hashed.iterator(chunk_size=500))
    return StreamingHttpResponse(
        (f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8"
    )


def _load_edition(shown: ShownConsultation, request: HttpRequest) -> Edition | None:
    """The edition asked for. 404 where there is none, but for a report without editions: None."""
    number = request.GET.get("edition", "")
    edition = queries.edition_to_read(shown.consultation, number)
    if edition is not None:
        edition.consultation = shown.consultation
        return edition
    if number or shown.consultation.reported_at is None:
        raise Http404
    return None


def stretches_of(edition: Edition) -> list[dict[str, Any]]:
    """The content in stretches: blocks that are drawn alike, and the parts between them."""
    stretches: list[dict[str, Any]] = []
    for block in edition.content:
        if part := block.get("part"):
            stretches.append({"part": part})
            continue
        if not stretches or "part" in stretches[-1]:
            stretches.append({"blocks": []})
        stretches[-1]["blocks"].append(documents.block_of(block))
    return stretches
