"""Cards of a petition, a consultation and a poll, for frames of other sites.

Each says how the thing stands and leads to its page. It is drawn for a stranger, without cookies
and scripts, and kept as other shared pages are: what it says moves when the frame is loaded again.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from consultations import queries as consultations
from consultations.models import RemarkCount
from consultations.models import topic_of as topic_of_consultation
from core.web.pages import shared_page
from petitions import queries as petitions
from petitions.models import topic_of as topic_of_petition
from votes import pages as polls
from votes.models import Poll
from votes.models import topic_of as topic_of_poll
from votes.presenters import ShownPoll
from votes.results import showing

#: Options of a question on a card; its page has all.
_MOST_OPTIONS = 5


def _topic_of_petition(pk: int) -> list[str]:
    return [topic_of_petition(pk)]


def _topic_of_consultation(pk: int) -> list[str]:
    return [topic_of_consultation(pk)]


def _topic_of_poll(pk: int) -> list[str]:
    return [topic_of_poll(pk)]


@require_safe
@shared_page(_topic_of_petition)
def petition(request: HttpRequest, pk: int) -> HttpResponse:
    """Number of signatures, the number needed, and the last day. Anybody."""
    shown = petitions.to_read(pk)
    if shown is None:
        raise Http404
    context = {"shown": shown, "thing": shown.petition, "page_url": _page("petitions:detail", pk)}
    return render(request, "portal/embed/petition.html", context)


@require_safe
@shared_page(_topic_of_consultation)
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """Until when remarks are accepted, and how many came. Anybody."""
    shown = consultations.to_read(pk, AnonymousUser())
    if shown is None:
        raise Http404
    counts = RemarkCount.objects.filter(consultation=pk, clause_key=None)
    context = {
        "shown": shown,
        "thing": shown.consultation,
        "remarks": counts.values_list("remarks", flat=True).first() or 0,
        "page_url": _page("consultations:detail", pk),
    }
    return render(request, "portal/embed/consultation.html", context)


@require_safe
@shared_page(_topic_of_poll)
def poll(request: HttpRequest, pk: int) -> HttpResponse:
    """Until when it is open and how many voted; the results where they may be shown. Anybody."""
    row = get_object_or_404(polls.for_page(Poll.objects.published()), pk=pk)
    shown = ShownPoll.of(row)
    results = showing.results_of(shown) or {}
    route = "votes:results" if results else "votes:detail"
    context = {
        "shown": shown,
        "thing": shown.poll,
        "turnout": polls.turnout(shown.poll),
        "is_final": results.get("is_final", False),
        "questions": [_shorten(each) for each in results.get("questions", ()) if each["rows"]],
        "page_url": _page(route, pk),
    }
    return render(request, "portal/embed/poll.html", context)


def _shorten(each: dict[str, Any]) -> dict[str, Any]:
    """A question with the first of its options, and how many are left out."""
    rows = each["rows"]
    kept = rows[:_MOST_OPTIONS]
    return {"question": each["question"], "rows": kept, "left": len(rows) - len(kept)}


def _page(route: str, pk: int) -> str:
    return f"{settings.SITE_URL}{reverse(route, args=[pk])}"
