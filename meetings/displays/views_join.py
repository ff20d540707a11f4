"""The page where a hall types its code, and the way from it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from core.domain import clock
from core.domain.rules import require
from core.web.client_ip import client_groups
from meetings import limits
from meetings.displays import join as codes
from meetings.models import Meeting

#: A longer text is no code.
_LONGEST = 40


@require_safe
def join(request: HttpRequest, code: str = "") -> HttpResponse:
    """The way from a code that stands on displays: that of a hall leads to where its square code
    does, that of an announced meeting to its page; without one, or with one that is none of these,
    a field for it. Anybody, so often (limits.TYPE_CODE)."""
    typed = (code or request.GET.get("code", "")).strip()[:_LONGEST]
    if not typed:
        return render(request, "meetings/join.html", {"typed": ""})
    require(limits.TYPE_CODE.spend_client(client_groups(request)))
    running = Meeting.objects.running().values_list("pk", flat=True)
    if (hall := codes.hall_of(typed, running, clock.now())) is not None:
        return redirect("meetings:scan", *hall)
    meeting_id = codes.meeting_of(typed)
    meeting = Meeting.objects.published().filter(pk=meeting_id).first() if meeting_id else None
    if meeting is not None:
        return redirect(meeting)
    return render(request, "meetings/join.html", {"typed": typed}, status=404)
