"""The public pages of a consultation: lists, the page itself, its fragments and its display."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consultations import boards, pages, queries
from consultations.card import card_of
from consultations.models import State, topic_of
from consultations.presenters import ShownConsultation
from consultations.remarks.filters import Filters
from core.export.sharing import card_response
from core.web.pages import shared_page
from core.web.regions import region_of


def topic_of_page(pk: int, *args: Any, **kwargs: Any) -> list[str]:
    """The topic that a consultation's pages are shared under."""
    return [topic_of(pk)]


def _topic_of_lists(*args: Any, **kwargs: Any) -> list[str]:
    return ["consultations"]


def load_consultation(request: HttpRequest, pk: int) -> ShownConsultation:
    """The consultation, if the person may see it; else 404."""
    shown = queries.to_read(pk, request.user)
    if shown is None:
        raise Http404
    return shown


@require_safe
@shared_page(_topic_of_lists)
def consultation_list(request: HttpRequest) -> HttpResponse:
    """All published consultations, by state and theme. Anybody."""
    return render(request, "consultations/consultation_list.html", pages.list_context(request.GET))


@require_safe
@shared_page(topic_of_page)
def consultation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One consultation: what it is about, the text clause by clause, what is said. Anybody."""
    context = pages.detail_context(load_consultation(request, pk), request.GET)
    return render(request, "consultations/consultation_detail.html", context)


@require_safe
@shared_page(topic_of_page)
def text_alone(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest text of its draft and nothing else, for reading without a connection. Anybody; 404
    where none is published."""
    consultation = load_consultation(request, pk).consultation
    text = pages.text_shown(consultation)
    if text is None or consultation.announced_at is None:
        raise Http404
    context = {"consultation": consultation, "text": text}
    return render(request, "consultations/text_alone.html", context)


@require_safe
@shared_page(topic_of_page)
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture that goes with a link to a consultation, 1200 × 630. Anybody; 404 of a draft."""
    shown = load_consultation(request, pk)
    if shown.state == State.PREPARING:
        raise Http404
    remarks = queries.totals_of([pk]).get(pk, 0)
    return card_response(card_of(shown, remarks))


@require_safe
@region_of("consultations:detail", anchor="remarks")
@shared_page(topic_of_page)
def remark_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The public fragment of remarks that live pages fetch again. Anybody; the same for all."""
    shown = load_consultation(request, pk)
    context = pages.remarks_context(shown, Filters.of(request.GET, shown.consultation.draft_id))
    return render(request, "consultations/consultation_detail.html#remarks", context)


@require_safe
@region_of("consultations:detail")
@shared_page(topic_of_page)
def poll(request: HttpRequest, pk: int) -> HttpResponse:
    """The public fragment of its poll that live pages fetch again. Anybody."""
    shown = load_consultation(request, pk)
    context = {
        **pages.consultation_context(shown),
        "poll": pages.poll_of(shown.consultation),
    }
    return render(request, "consultations/consultation_detail.html#poll", context)


@require_safe
@shared_page(topic_of_page)
def display(request: HttpRequest, pk: int) -> HttpResponse:
    """The hall's screen: what is said now, counts, a QR code to join. Anybody."""
    shown = load_consultation(request, pk)
    template = "consultations/consultation_display.html"
    if "board" in request.GET:
        template += "#board"
    return render(request, template, boards.display_context(shown))
