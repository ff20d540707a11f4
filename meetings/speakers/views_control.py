"""Views of running a meeting: speakers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from meetings.control.forms import SpeakerForm
from meetings.control.steps import carry_out, draw_step, meeting_to_run, seen_id, step_of, url_of
from meetings.course import rules
from meetings.models import Item, Speaker
from meetings.queries import members_of
from meetings.speakers import actions, clocks

#: What can be done with a speaker; the last argument is who spoke on the page of who asks.
STEPS: dict[str, Callable[[Speaker, User, int | None], Any]] = {
    "begin": lambda speaker, by, seen: actions.begin_speech(speaker, by=by, seen_speaker=seen),
    "end": lambda speaker, by, _seen: actions.end_speech(speaker, by=by),
    "stop": lambda speaker, by, _seen: clocks.stop_clock(speaker, by=by),
    "start": lambda speaker, by, _seen: clocks.start_clock(speaker, by=by),
    "more": lambda speaker, by, _seen: clocks.add_time(speaker, by=by),
    "withdraw": lambda speaker, by, _seen: actions.withdraw(speaker, by=by),
}


def _new_answer(request: HttpRequest, _id: int, pk: int, item_pk: int) -> HttpResponse:
    messages.success(request, _("They are on the list of speakers."))
    return redirect(url_of(pk, "speakers"))


@idempotent(_new_answer)
@login_required
@require_http_methods(["GET", "POST"])
def new_speaker(request: AuthenticatedHttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Put somebody on the list of speakers on an item. rules.speakers.add_speaker."""
    meeting = meeting_to_run(request, pk)
    item = get_object_or_404(Item.objects.select_related("meeting"), pk=item_pk, meeting=meeting)
    if request.method == "GET":
        require(rules.control(request.user, meeting))
    form = SpeakerForm(posted_data(request), members=members_of(meeting))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            data = form.cleaned_data
            made = actions.add_speaker(
                item,
                by=request.user,
                deputy=data.get("deputy"),
                name=data["name"],
                stance=data["stance"],
                kind=data["kind"],
                seconds=data["seconds"],
            )
            return _new_answer(request, made.pk, pk, item_pk)
    return draw_step(
        request,
        meeting,
        "meetings/control_speaker.html",
        at="speakers",
        form=form,
        item=item,
        status=form.status,
    )


@login_required
@require_POST
def speaker(request: AuthenticatedHttpRequest, pk: int, speaker_pk: int, step: str) -> HttpResponse:
    """Give the floor, take it back, strike off the list. rules.speakers."""
    meeting = meeting_to_run(request, pk)
    act = step_of(STEPS, step)
    found = get_object_or_404(
        Speaker.objects.select_related("item__meeting"), pk=speaker_pk, item__meeting=meeting
    )
    shown = seen_id(request, "seen_speaker")
    return carry_out(request, pk, lambda: act(found, request.user, shown), at="speakers")
