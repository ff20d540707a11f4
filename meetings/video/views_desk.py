"""Views of the desk: subtitles of the video of a meeting."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from core.domain.rules import require
from core.web.forms import posted_data
from meetings.planning.views_desk import meeting_to_work_on
from meetings.video import actions, parsing, rules
from meetings.video.forms import SubtitlesForm


@login_required
@require_http_methods(["GET", "POST"])
def subtitles(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Import subtitles of the video. meetings.video.rules.import_subtitles."""
    shown = meeting_to_work_on(request, pk)
    meeting = shown.meeting
    if request.method == "GET":
        require(rules.import_subtitles(request.user, meeting))
    form = SubtitlesForm(posted_data(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            cues = parsing.read(form.cleaned_data["file"].read(parsing.MOST_BYTES + 1))
            number = actions.import_subtitles(meeting, by=request.user, cues=cues)
            said = ngettext(
                "%(number)d line of subtitles is imported.",
                "%(number)d lines of subtitles are imported.",
                number,
            )
            messages.success(request, said % {"number": number})
            return redirect("meetings_desk:detail", pk)
    context = shown.context(form=form, here=_("Subtitles of the video"), button=_("Import"))
    return render(request, "meetings/desk_record.html", context, status=form.status)
