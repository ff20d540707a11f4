"""Public pages of the council's electronic services."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.db.paging import neighbours, page_of
from core.web.pages import shared_page
from records.handlers import topics_of_services
from records.models import Service
from records.services import queries


@require_safe
@shared_page(topics_of_services)
def service_list(request: HttpRequest) -> HttpResponse:
    """Services that the council offers, or offered before, by name. Anybody."""
    is_of_ended = request.GET.get("list") == "ended"
    rows = Service.objects.ended() if is_of_ended else Service.objects.offered()
    page = page_of(rows, order=("name", "id"), after=request.GET.get("after"))
    tabs = _tabs(is_of_ended=is_of_ended)
    context = {"services": page, "tabs": tabs, **neighbours(page, request.GET)}
    return render(request, "records/services.html", context)


def _tabs(*, is_of_ended: bool) -> list[dict[str, Any]]:
    return [
        {"label": _("Offered now"), "url": "?", "current": not is_of_ended, "count": None},
        {"label": _("Ended"), "url": "?list=ended", "current": is_of_ended, "count": None},
    ]


@require_safe
@shared_page(topics_of_services)
def service_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One service: its holder, its use month by month, what was concluded of it. Anybody."""
    service = Service.objects.select_related("department").filter(pk=pk).first()
    if service is None:
        raise Http404
    context = {
        "service": service,
        "months": queries.months_of(service),
        "conclusions": queries.conclusions_of(service),
    }
    return render(request, "records/service.html", context)
