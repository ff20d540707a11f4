"""Views of the public ledger: to read, to download, and how to check it."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.db.paging import neighbours
from core.web.pages import shared_page
from petitions.ledger import queries
from petitions.models import Day, Entry, Hour, Petition, topic_of


def _petition(request: HttpRequest, pk: int) -> Petition:
    visible = Petition.objects.visible_to(request.user).published()
    return get_object_or_404(visible.select_related("total").defer("search", "text"), pk=pk)


def _topic(pk: int) -> list[str]:
    return [topic_of(pk)]


def _none() -> list[str]:
    return []


@require_safe
@shared_page(_topic)
def ledger(request: HttpRequest, pk: int) -> HttpResponse:
    """Ledger of signatures counted, held back, removed and brought back, line by line. Anybody."""
    petition = _petition(request, pk)
    page = queries.lines(petition, request.GET.get("after"))
    context = {
        "petition": petition,
        "page": page,
        "removals": queries.removals_of(petition),
        "uncertain": queries.uncertain_of(petition),
        **neighbours(page, request.GET),
    }
    return render(request, "petitions/ledger.html", context)


@require_safe
def ledger_download(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """All lines of a petition's ledger as they were hashed, one JSON object a line. Anybody."""
    petition = _petition(request, pk)
    entries = Entry.objects.filter(petition=petition).order_by("number")
    return _file(queries.bodies(entries), f"petition-{pk}-ledger.jsonl")


@require_safe
def days_download(request: HttpRequest) -> StreamingHttpResponse:
    """The heads of all days, one JSON object a line. Anybody."""
    return _file(queries.bodies(Day.objects.order_by("day")), "petitions-days.jsonl")


@require_safe
def hours_download(request: HttpRequest) -> StreamingHttpResponse:
    """The lines of all hours, one JSON object a line. Anybody."""
    return _file(queries.bodies(Hour.objects.order_by("hour")), "petitions-hours.jsonl")


@require_safe
@shared_page(_none)
def how_to_check(request: HttpRequest) -> HttpResponse:
    """Instructions to check a downloaded ledger without trusting this site; heads of
    days, hours.
    """
    page = queries.days(request.GET.get("after"))
    context = {"page": page, "hours": queries.latest_hours(), **neighbours(page, request.GET)}
    return render(request, "petitions/ledger_check.html", context)


def _file(lines: Iterator[str], name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type="application/jsonl; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
