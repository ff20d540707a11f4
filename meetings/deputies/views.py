"""Public pages of deputies: who sits in the council, how often they came, how they voted."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.db.paging import neighbours
from core.domain import clock
from core.domain.calendar import local_date
from core.web.pages import shared_page
from meetings.deputies import queries
from meetings.log import jumps
from meetings.models import Deputy

#: Raised when who sits in the council, or what they did, changes (meetings/handlers.py).
TOPIC = "deputies"


def _topics(*args: Any, **kwargs: Any) -> list[str]:
    return [TOPIC]


@require_safe
@shared_page(_topics)
def deputy_list(request: HttpRequest) -> HttpResponse:
    """All deputies with their factions and attendance. Anybody."""
    shown = queries.deputies_in_office(local_date(clock.now()))
    return render(request, "meetings/deputies/deputy_list.html", {"deputies": shown})


@require_safe
@shared_page(_topics)
def deputy_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One deputy: seats, attendance, votes in published roll-calls. Anybody."""
    deputy = get_object_or_404(Deputy.objects.select_related("faction", "district"), pk=pk)
    page = queries.page_of_votes(deputy, request.GET.get("after", ""))
    spoke = jumps.speeches_of(deputy, request.GET.get("spoke", ""))
    links = neighbours(spoke, request.GET, "spoke")
    context = {
        "deputy": deputy,
        "speeches": spoke.items,
        "earlier_speeches_url": links["next_url"],
        "later_speeches_url": links["previous_url"],
        "seats": queries.seats_of(deputy),
        "attendance": queries.attendances_of([pk])[pk],
        "votes": queries.votes_of(deputy),
        "shown_votes": queries.with_results(page.items),
        **neighbours(page, request.GET),
    }
    return render(request, "meetings/deputies/deputy_detail.html", context)
