"""Views of running a meeting: interrupting it, going on."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from core.domain import clock
from core.domain.rules import require
from core.web.forms import posted_data
from meetings.control.steps import carry_out, draw_step, meeting_to_run, seen_id, step_of, url_of
from meetings.course import rules
from meetings.models import Pause, RollCall
from meetings.pauses import actions
from meetings.pauses.forms import PauseForm, RepeatForm

#: Minutes of a recess that one press calls; none: until the secretary goes on.
MINUTES = ("5", "10", "15", "30", "60")
#: How a meeting goes on: with the suspended roll-call, or by repeating it.
HOW = {"continue": False, "repeat": True}


@login_required
@require_POST
def begin(request: AuthenticatedHttpRequest, pk: int, kind: str) -> HttpResponse:
    """Interrupt it at once, for ``?minutes=10`` or until it goes on. rules.begin_pause."""
    meeting = meeting_to_run(request, pk)
    if kind not in Pause.Kind.values:
        raise Http404
    lasts = _minutes(request)
    return carry_out(
        request,
        pk,
        lambda: actions.begin_pause(
            meeting,
            by=request.user,
            kind=kind,
            resumes_at=clock.now().replace(second=0, microsecond=0) + lasts if lasts else None,
            seen_pause=seen_id(request, "seen_pause"),
        ),
    )


def _minutes(request: HttpRequest) -> timedelta | None:
    """To a whole minute that is not earlier."""
    minutes = request.GET.get("minutes", "")
    return timedelta(minutes=int(minutes) + 1) if minutes in MINUTES else None


@login_required
@require_http_methods(["GET", "POST"])
def begin_until(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Interrupt it until a time, today or on another day. rules.begin_pause."""
    meeting = meeting_to_run(request, pk)
    if request.method == "GET":
        require(rules.control(request.user, meeting))
    pause = meeting.pause
    initial = {"seen_pause": meeting.pause_id, "kind": pause.kind if pause else "recess"}
    form = PauseForm(posted_data(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            actions.begin_pause(meeting, by=request.user, **form.cleaned_data)
            return redirect(url_of(pk))
    template = "meetings/pauses/control_until.html"
    return draw_step(request, meeting, template, form=form, status=form.status)


@login_required
@require_POST
def resume(request: AuthenticatedHttpRequest, pk: int, how: str) -> HttpResponse:
    """Go on. rules.resume."""
    meeting = meeting_to_run(request, pk)
    repeats = step_of(HOW, how)
    return carry_out(
        request,
        pk,
        lambda: actions.resume(
            meeting,
            by=request.user,
            seen_pause=seen_id(request, "seen_pause"),
            repeats_vote=repeats,
        ),
    )


@login_required
@require_http_methods(["GET", "POST"])
def repeat(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Go on, and repeat the suspended roll-call though no quorum is left: for a reason.
    rules.resume."""
    meeting = meeting_to_run(request, pk)
    if request.method == "GET":
        require(rules.control(request.user, meeting))
    suspended = meeting.pause.roll_call if meeting.pause else None
    form = RepeatForm(
        posted_data(request),
        initial={"seen_pause": meeting.pause_id},
        needs_reason=suspended is not None and suspended.needs != RollCall.Needs.PROCEDURAL,
    )
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            actions.resume(meeting, by=request.user, repeats_vote=True, **form.cleaned_data)
            return redirect(url_of(pk, "roll-call"))
    return draw_step(
        request,
        meeting,
        "meetings/control_words.html",
        form=form,
        here=_("Go on, and repeat the vote"),
        button=_("Go on, and repeat the vote"),
        about=suspended or "",
        status=form.status,
    )
