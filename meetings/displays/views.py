"""The display of a meeting: what the hall sees."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.web.pages import shared_page
from meetings.displays import boards
from meetings.views import meeting_of, topics_of


@require_safe
@shared_page(topics_of)
def display(request: HttpRequest, pk: int) -> HttpResponse:
    """The hall's screen: one view after the other as the meeting goes on. Anybody."""
    template = "meetings/display.html" + ("#board" if "board" in request.GET else "")
    return render(request, template, boards.display_context(meeting_of(request, pk)))
