"""Views of the public pages: the list of petitions, a petition, the answer, card and poster."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from core.export.sharing import card_response
from core.web.pages import shared_page
from core.web.regions import region_of
from petitions import pages, queries
from petitions.models import Petition, topic_of
from petitions.presenters import LivePetition, ShownPetition
from petitions.prints import Poster, card_of, draw_poster


def topics_of(pk: int, *args: Any, **kwargs: Any) -> list[str]:
    """The topics whose change makes a petition's page another one."""
    return [topic_of(pk)]


def _all(*args: Any, **kwargs: Any) -> list[str]:
    return ["petitions"]


def petition_of(request: HttpRequest, pk: int) -> LivePetition:
    """A published petition with what its pages show of it, or 404."""
    shown = queries.to_read(pk)
    if shown is None:
        raise Http404
    return shown


@require_safe
@shared_page(_all)
def petition_list(request: HttpRequest) -> HttpResponse:
    """Published petitions by state, theme, district and words. Anybody."""
    return render(request, "petitions/petition_list.html", pages.list_context(request.GET))


@require_safe
@shared_page(topics_of)
def petition_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One petition: what it asks, how many signed, where it stands, what is said. Anybody."""
    context = pages.detail_context(petition_of(request, pk), request.GET)
    return render(request, "petitions/petition_detail.html", context)


@require_safe
@region_of("petitions:detail")
@shared_page(topics_of)
def petition_standing(request: HttpRequest, pk: int) -> HttpResponse:
    """The public fragment of its numbers and stages that live pages fetch again. Anybody."""
    context = pages.standing_context(petition_of(request, pk))
    return render(request, "petitions/petition_detail.html#standing", context)


@require_safe
@shared_page(topics_of)
def petition_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer: request, decision, steps by day. Anybody; 404 before the answer."""
    visible = Petition.objects.visible_to(request.user).answered().filter(answer__isnull=False)
    shown = ShownPetition.of(get_object_or_404(queries.for_page(visible), pk=pk))
    return render(request, "petitions/petition_answer.html", pages.answer_context(shown))


@require_safe
@shared_page(topics_of)
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture that goes with a link to a petition, 1200 × 630. Anybody."""
    return card_response(card_of(petition_of(request, pk)))


@require_safe
@shared_page(topics_of)
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """An A4 sheet with a QR code, to be printed and hung. Anybody."""
    poster = Poster.of(petition_of(request, pk))
    sheet = draw_poster(poster, get_language() or "")
    response = HttpResponse(sheet, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="petition-{pk}.pdf"'
    return response
