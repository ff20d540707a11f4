"""Displays of a meeting: what the hall sees, on the main one and on those that were paired."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.domain import clock
from core.domain.council import local_council
from core.web.pages import shared_page
from meetings.displays import boards, codes
from meetings.displays.paired import paired_context
from meetings.hall.codes import display_key
from meetings.hall.pages import on_display
from meetings.models import Display
from meetings.views import meeting_of, topics_of

#: Seconds after which a screen that shows a code asks whether it was paired.
ASK_AGAIN = 3
#: The longest name of a screen in its address.
_LONGEST_SCREEN = 64


@require_safe
@shared_page(topics_of)
def display(request: HttpRequest, pk: int) -> HttpResponse:
    """The hall's screen: one view after the other as the meeting goes on. Anybody; with the
    meeting's display key (``hall``) it shows the hall's code too."""
    template = "meetings/display.html" + ("#board" if "board" in request.GET else "")
    shown = meeting_of(request, pk)
    hall = on_display(shown, request.GET.get("hall", ""))
    return render(request, template, boards.display_context(shown) | hall)


@require_safe
@shared_page(topics_of)
def strip(request: HttpRequest, pk: int) -> HttpResponse:
    """The present matter as the lower third of a streamed picture, on a transparent ground.
    Anybody."""
    template = "meetings/display_strip.html" + ("#board" if "board" in request.GET else "")
    shown = meeting_of(request, pk)
    context = boards.display_context(shown) | {
        "strip_title": boards.title_of(shown),
        "board_url": f"{reverse('meetings:strip', args=[pk])}?board",
    }
    return render(request, template, context)


@require_safe
@shared_page(topics_of)
def paired_display(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One of the meeting's displays, with the picture that it was given. Anybody; with the
    meeting's display key (``hall``) the hall's code stands on it too. One that was unpaired shows
    the code of a screen again."""
    shown = meeting_of(request, pk)
    context = paired_context(shown, number) | on_display(shown, request.GET.get("hall", ""))
    if "board" in request.GET:
        return render(request, "meetings/display.html#board", context)
    if context["display"] is None:
        return redirect("displays:pair")
    return render(request, "meetings/display.html", context)


@require_safe
@never_cache
def pair(request: HttpRequest) -> HttpResponse:
    """The code of a screen that is not paired yet; once it was, the display that it is. Anybody.

    The screen's name stands in its address, so that it is the same at each reload: no cookie is
    set, no session is read.
    """
    screen = request.GET.get("screen", "")
    if not screen.isalnum() or not screen.isascii() or len(screen) > _LONGEST_SCREEN:
        return redirect(f"{reverse('displays:pair')}?screen={codes.new_screen()}")
    now = clock.now()
    pairings = codes.pairings_of(screen, now)
    display = Display.objects.paired().filter(pairing__in=pairings).first()
    if display is not None:
        return redirect(f"{display.get_absolute_url()}?hall={display_key(display.meeting_id)}")
    code = codes.code_of(screen, now)
    context = {
        "council": local_council(),
        "now": now,
        "parts": (code[:4], code[4:]),
        "ask_again": ASK_AGAIN,
    }
    return render(request, "meetings/display_pair.html", context)
