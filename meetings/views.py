"""Public pages of meetings: the list, a meeting and its live regions, a roll-call, the log."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.export.sharing import card_response
from core.web.pages import shared_page
from core.web.regions import region_of
from meetings import pages
from meetings.card import card_of
from meetings.log import replay
from meetings.models import Meeting, RollCall, State, topic_of
from meetings.presenters import ShownMeeting


def topics_of(pk: int, *args: Any, **kwargs: Any) -> list[str]:
    """The topics whose change makes a meeting's pages others."""
    return [topic_of(pk)]


def topics_of_lists() -> list[str]:
    """The topics whose change makes lists of meetings others."""
    return ["meetings"]


def meeting_of(request: HttpRequest, pk: int) -> ShownMeeting:
    """A meeting that the person sees, as its pages show it; or 404."""
    visible = Meeting.objects.visible_to(request.user)
    return ShownMeeting.of(get_object_or_404(pages.with_subjects(pages.for_page(visible)), pk=pk))


@require_safe
@shared_page(topics_of_lists)
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Announced meetings: coming and going on, or behind us. Anybody."""
    return render(request, "meetings/meeting_list.html", pages.list_context(request.GET))


@require_safe
@shared_page(topics_of)
def meeting_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: its notice, what happens, questions, what was decided. Anybody."""
    context = pages.detail_context(meeting_of(request, pk), request.GET)
    return render(request, "meetings/meeting_detail.html", context)


@require_safe
@shared_page(topics_of)
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture that goes with a link to a meeting, 1200 × 630. Anybody; 404 of a draft."""
    shown = meeting_of(request, pk)
    if shown.state == State.DRAFT:
        raise Http404
    return card_response(card_of(shown))


@require_safe
@region_of("meetings:detail")
@shared_page(topics_of)
def course(request: HttpRequest, pk: int) -> HttpResponse:
    """The public fragment of what happens, which live pages fetch again. Anybody."""
    context = pages.course_context(meeting_of(request, pk))
    return render(request, "meetings/course.html", context)


@require_safe
@region_of("meetings:detail")
@shared_page(topics_of)
def floor(request: HttpRequest, pk: int) -> HttpResponse:
    """The public fragment of questions, which live pages fetch again. Anybody."""
    context = pages.floor_context(meeting_of(request, pk), request.GET)
    return render(request, "meetings/floor.html", context)


@require_safe
@shared_page(topics_of)
def roll_call(request: HttpRequest, pk: int, roll_call_pk: int) -> HttpResponse:
    """A published roll-call: who voted how, and whether the decision is adopted. Anybody."""
    shown = meeting_of(request, pk)
    published = RollCall.objects.filter(item__meeting=pk, published_at__isnull=False)
    found = get_object_or_404(published.select_related("item"), pk=roll_call_pk)
    return render(request, "meetings/roll_call.html", pages.roll_call_context(shown, found))


@require_safe
@shared_page(topics_of)
def log(request: HttpRequest, pk: int) -> HttpResponse:
    """Log of the meeting by the second, beside the video. Anybody."""
    context = replay.log_context(meeting_of(request, pk), request.GET)
    return render(request, "meetings/log.html", context)
