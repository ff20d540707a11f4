"""The display of a meeting: what the hall sees."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.web.pages import shared_page
from meetings.displays import boards
from meetings.hall.pages import on_display
from meetings.views import meeting_of, topics_of


@require_safe
@shared_page(topics_of)
def display(request: HttpRequest, pk: int) -> HttpResponse:
    """The hall's screen: one view after the other as the meeting goes on. Anybody; with the
    meeting's display key (``hall``) it shows the hall's code too."""
    template = "meetings/display.html" + ("#board" if "board" in request.GET else "")
    shown = meeting_of(request, pk)
    hall = on_display(shown, request.GET.get("hall", ""))
    return render(request, template, boards.display_context(shown) | hall)
