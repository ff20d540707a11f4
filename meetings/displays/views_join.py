"""The page where a hall types the short code of a meeting, and the way from it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from meetings.displays import join as codes
from meetings.models import Meeting

#: A longer text is no code.
_LONGEST = 40


@require_safe
def join(request: HttpRequest, code: str = "") -> HttpResponse:
    """The meeting of a code that stands on its displays: to its page; without one, or with one that
    no announced meeting has, a field for it. Anybody."""
    typed = (code or request.GET.get("code", "")).strip()[:_LONGEST]
    meeting_id = codes.meeting_of(typed)
    meeting = Meeting.objects.published().filter(pk=meeting_id).first() if meeting_id else None
    if meeting is not None:
        return redirect(meeting)
    context = {"typed": typed}
    return render(request, "meetings/join.html", context, status=404 if typed else 200)
