"""The comparison table of two published versions: page, DOCX and PDF."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from consultations import pages
from consultations.text.comparison import Comparison, remarks_taken_in, shown_changes
from consultations.views import load_consultation, topic_of_page
from core.domain.council import council
from core.export import docx, pdf
from core.export.document import Document
from core.web.pages import shared_page
from core.web.render_cache import RenderCache

#: Files that a process keeps: versions that are published never change.
_files: RenderCache[tuple[object, ...], bytes] = RenderCache(16 * 2**20)


@require_safe
@shared_page(topic_of_page)
def comparison(request: HttpRequest, pk: int) -> HttpResponse:
    """The comparison table of two published versions. Anybody."""
    context = pages.versions_context(load_consultation(request, pk).consultation, request.GET)
    found = _comparison(context)
    context["document"] = found.document() if found else None
    context["query"] = _query(context)
    return render(request, "consultations/comparison.html", context)


@require_safe
@shared_page(topic_of_page)
def comparison_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The comparison table as a Word document. Anybody; 404 of a draft with one version."""
    return _file(request, pk, "docx", docx.MIME, docx.docx)


@require_safe
@shared_page(topic_of_page)
def comparison_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The comparison table as a tagged PDF. Anybody; 404 of a draft with one version."""
    return _file(request, pk, "pdf", pdf.MIME, pdf.pdf)


def _file(
    request: HttpRequest, pk: int, kind: str, mime: str, make: Callable[[Document], bytes]
) -> HttpResponse:
    """In the state's language (law 2704-VIII art. 13), whatever that of the page."""
    with translation.override(settings.LANGUAGE_CODE):
        context = pages.versions_context(load_consultation(request, pk).consultation, request.GET)
        found = _comparison(context)
        if found is None:
            raise Http404
        said = tuple((key, tuple(numbers)) for key, numbers in found.remarks.items())
        which = (found.old.pk, found.new.pk, context["only_changes"])
        key = (kind, *which, found.consultation.title, said, council().council)
        made = _files.get(key)
        if made is None:
            made = make(found.document())
            _files.keep(key, made, len(made))
    name = f"comparison-{pk}-{found.old.number}-{found.new.number}.{kind}"
    return pdf.as_file(made, name, mime)


def _comparison(context: dict[str, Any]) -> Comparison | None:
    """The comparison asked for in the URL; None while there is one version."""
    consultation, old, new = context["consultation"], context["old"], context["new"]
    if old is None or new is None:
        return None
    changes = shown_changes(context["rows"], only_changes=context["only_changes"])
    return Comparison(consultation, old, new, changes, remarks_taken_in(consultation))


def _query(context: dict[str, Any]) -> str:
    """Query string for the files."""
    old, new = context["old"], context["new"]
    if old is None or new is None:
        return ""
    every = "" if context["only_changes"] else "&all"
    return f"?from={old.number}&to={new.number}{every}"
