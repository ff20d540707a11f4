"""Public pages of the newsroom: the list, an article, the calendar."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.export.sharing import card_response
from core.web.pages import shared_page
from newsroom import calendar, pages, queries
from newsroom.card import card_of
from newsroom.handlers import LISTS
from newsroom.models import Article, State, topic_of
from newsroom.presenters import ShownArticle

#: What is of a consultation, petition, poll or meeting on an article's page.
_RELATED = ("consultations", "petitions", "polls", "meetings")


def topics_of_lists() -> list[str]:
    """The topics that invalidate lists of articles."""
    return [LISTS]


def topics_of(pk: int, *args: Any, **kwargs: Any) -> list[str]:
    """The topics that invalidate an article's page."""
    return [topic_of(pk), *_RELATED]


def topics_of_calendar() -> list[str]:
    """The topics that invalidate the calendar."""
    return [LISTS, "meetings"]


@require_safe
@shared_page(topics_of_lists)
def article_list(request: HttpRequest) -> HttpResponse:
    """Published articles, the newest first. Anybody."""
    return render(request, "newsroom/list.html", pages.list_context(request.GET))


@require_safe
@shared_page(topics_of)
def article_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One article; of what was withdrawn that it was, and why (410). Anybody."""
    shown = ShownArticle.of(get_object_or_404(queries.for_page(Article.objects.appeared()), pk=pk))
    if shown.state == State.WITHDRAWN:
        return render(request, "newsroom/withdrawn.html", shown.context(), status=410)
    return render(request, "newsroom/detail.html", pages.article_context(shown))


@require_safe
@shared_page(topics_of)
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture that goes with a link to an article that has none, 1200 × 630. Anybody."""
    shown = ShownArticle.of(get_object_or_404(queries.for_page(Article.objects.published()), pk=pk))
    return card_response(card_of(shown))


@require_safe
@shared_page(topics_of_calendar)
def calendar_page(request: HttpRequest) -> HttpResponse:
    """Events and meetings of a month. Anybody."""
    context = calendar.calendar_context(request.GET)
    return render(request, "newsroom/calendar.html", context)
