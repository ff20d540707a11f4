"""Public pages of the register of documents, and its feed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from appeals.figures.quarters import STORED
from core.db.paging import neighbours, page_of
from core.domain.council import local_council
from core.export import atom
from core.web.pages import shared_page
from records.documents import queries
from records.documents.filling import TOPIC
from records.documents.presenters import ShownDocument
from records.documents.queries import Filters


def topics_of_documents(**_arguments: object) -> list[str]:
    """Topics of the pages and answers about documents, whichever of them."""
    return [TOPIC]


@require_safe
@shared_page([TOPIC, STORED])
def document_list(request: HttpRequest) -> HttpResponse:
    """The register, the newest document first, by words, kind, year, holder and access. Anybody."""
    filters = Filters.of(request.GET)
    after = request.GET.get("after")
    page = page_of(filters.narrow(queries.documents()), order=queries.ORDER, after=after)
    is_forgiven = not page and bool(filters.words)
    if is_forgiven:
        forgiving = replace(filters, forgiving=True)
        page = page_of(forgiving.narrow(queries.documents()), order=queries.ORDER, after=after)
    context = {
        "documents": [ShownDocument(row) for row in page],
        "filters": filters,
        "is_forgiven": is_forgiven and bool(page),
        "requests": None if filters.are_chosen or after else queries.figures_of_requests(),
        **queries.choices(),
        **neighbours(page, request.GET),
    }
    return render(request, "records/documents.html", context)


@require_safe
@shared_page(topics_of_documents)
def document_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One document of the register: all but its content. Anybody."""
    row = queries.documents().filter(pk=pk).first()
    if row is None:
        raise Http404
    return render(request, "records/document.html", {"document": ShownDocument(row)})


@require_safe
@shared_page(topics_of_documents)
def feed(request: HttpRequest) -> HttpResponse:
    """Documents that came into the register last, as Atom. Anybody."""
    return atom.answer(
        _("Register of documents – %(council)s") % {"council": local_council().council},
        path=reverse("documents:feed"),
        page=reverse("documents:list"),
        entries=_entries(),
    )


def _entries() -> Iterator[atom.Entry]:
    rows = queries.documents().order_by("-entered_at", "-id")
    for row in rows[: atom.MOST_NEWS]:
        kind = str(row.get_kind_display())
        yield atom.Entry(
            path=row.get_absolute_url(),
            what=f"document/{row.pk}",
            since=row.entered_at,
            at=row.entered_at,
            title=f"{row.title} № {row.number}" if row.number else row.title,
            text=f"{kind}. {row.department.local_name}" if row.department else kind,
        )
