"""Public pages of the council, their versions, and old addresses that lead to them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from core.db.paging import neighbours
from core.web.pages import shared_page
from newsroom.council_pages import queries
from newsroom.council_pages.queries import ShownVersion
from newsroom.handlers import PAGES
from newsroom.models import Page, PageVersion


def _topics(**_arguments: object) -> list[str]:
    return [PAGES]


@require_safe
@shared_page(_topics)
def page_list(request: HttpRequest) -> HttpResponse:
    """All pages of the council about itself and the platform. Anybody."""
    return render(request, "newsroom/council_pages/list.html", {"pages": queries.all_pages()})


@require_safe
@shared_page(_topics)
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """The page in its present version. Anybody."""
    found, current = _find(slug)
    context = {"page": found, "version": current, "shown": ShownVersion(current)}
    return render(request, "newsroom/council_pages/page.html", context)


@require_safe
@shared_page(_topics)
def version_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Versions of a page with their authors, times and reasons. Anybody."""
    found, _current = _find(slug)
    versions = queries.versions_of(found, request.GET.get("after"))
    context = {"page": found, "versions": versions, **neighbours(versions, request.GET)}
    return render(request, "newsroom/council_pages/versions.html", context)


@require_safe
@shared_page(_topics)
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version of a page, and its changes. Anybody."""
    page, _current = _find(slug)
    found = queries.version_of(page, number)
    if found is None:
        raise Http404
    context = {
        "page": page,
        "version": found,
        "shown": ShownVersion(found),
        "is_current": found.pk == page.current_id,
        **queries.changes_of(page, found),
    }
    return render(request, "newsroom/council_pages/version.html", context)


@require_safe
def to_document(request: HttpRequest, name: str) -> HttpResponse:
    """The documents that people agree to stand elsewhere, with the version in force. Anybody."""
    return redirect(name)


@require_safe
def to_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A page that stood at another address. Anybody."""
    return redirect("pages:page", slug, permanent=True)


def _find(slug: str) -> tuple[Page, PageVersion]:
    """The page at an address, and what it says now; else 404."""
    found = queries.page_at(slug)
    if found is None or found.current is None:
        raise Http404
    return found, found.current
