"""Stopped decisions on the control page: entering one, the second vote."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from meetings.control.steps import carry_out, draw_step, meeting_to_run, url_of
from meetings.models import Stop
from meetings.stopped import actions
from meetings.stopped.forms import StopForm


def _redirect_entered(_request: HttpRequest, _made: int, pk: int) -> HttpResponse:
    return redirect(url_of(pk, "stops"))


@idempotent(_redirect_entered)
@login_required
@require_http_methods(["GET", "POST"])
def new_stop(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Enter that the head stopped a decision, also when the meeting is over. rules.stop."""
    meeting = meeting_to_run(request, pk)
    form = StopForm(posted_data(request), request.FILES or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            data = form.cleaned_data
            file = data["file"].file if data["file"] else None
            made = actions.stop(
                data["roll_call"],
                by=request.user,
                on=data["on"],
                head=data["head"],
                remarks=data["remarks"],
                file=file,
            )
            return _redirect_entered(request, made.pk, pk)
    template = "meetings/control_stop.html"
    return draw_step(request, meeting, template, at="stops", form=form, status=form.status)


@login_required
@require_POST
def vote_again(request: AuthenticatedHttpRequest, pk: int, stop_pk: int) -> HttpResponse:
    """Open the second vote on the current item. rules.vote_again."""
    meeting = meeting_to_run(request, pk)
    rows = Stop.objects.filter(roll_call__item__meeting__body=meeting.body_id)
    stopped = get_object_or_404(rows.select_related("roll_call__item__meeting"), pk=stop_pk)
    act = partial(actions.vote_again, stopped, meeting, by=request.user)
    return carry_out(request, pk, act, at="roll-call")
