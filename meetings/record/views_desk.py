"""Views of the desk: the record of a meeting that is over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from core.domain.rules import require
from core.web.forms import posted_data
from meetings.planning.forms import MinutesForm, RecordForm, VideoForm
from meetings.planning.views_desk import meeting_to_work_on
from meetings.record import actions, rules


@login_required
@require_http_methods(["GET", "POST"])
def video(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Say where its video is. rules.record.publish_record."""
    return _publish(
        request,
        pk,
        VideoForm,
        actions.publish_video,
        title=_("Video of the meeting"),
        button=_("Publish the video"),
        done=_("The video is published."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def minutes(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Say where its minutes are. rules.record.publish_record."""
    return _publish(
        request,
        pk,
        MinutesForm,
        actions.publish_minutes,
        title=_("Minutes of the meeting"),
        button=_("Publish the minutes"),
        done=_("The minutes are published."),
    )


def _publish(
    request: AuthenticatedHttpRequest,
    pk: int,
    form_of: type[RecordForm],
    act: Callable[..., Any],
    *,
    title: str,
    button: str,
    done: str,
) -> HttpResponse:
    shown = meeting_to_work_on(request, pk)
    meeting = shown.meeting
    verdict = rules.publish_record(request.user, meeting, url="https://")
    if request.method == "GET":
        require(verdict)
    form = form_of(posted_data(request), meeting=meeting)
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.saving(meeting, may=verdict):
            act(meeting, by=request.user, **form.said())
            messages.success(request, done)
            return redirect("meetings_desk:detail", pk)
    context = shown.context(form=form, here=title, button=button)
    return render(request, "meetings/desk_record.html", context, status=form.status)
