"""Running a show of hands: opening it, what was counted in the hall, closing it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from meetings.control.steps import carry_out, draw_step, meeting_to_run, url_of
from meetings.hall import actions, rules
from meetings.hall.figures import Figures
from meetings.hall.forms import CountForm, ShowForm
from meetings.hall.pages import may_open_show
from meetings.hall.presenters import seen_of
from meetings.models import ShowOfHands


def _new_answer(_request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    return redirect(url_of(pk, "hands"))


@idempotent(_new_answer)
@login_required
@require_http_methods(["GET", "POST"])
def new_show(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Ask for a show of hands. rules.open_show."""
    meeting = meeting_to_run(request, pk)
    if request.method == "GET":
        require(may_open_show(request.user, meeting))
    form = ShowForm(posted_data(request), initial={"seen_item": meeting.current_item_id})
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = actions.open_show(meeting, by=request.user, **form.cleaned_data)
            return _new_answer(request, made.pk, pk)
        # What is current now is what the page shows beside the refusal.
        data = request.POST.copy()
        data["seen_item"] = str(meeting.current_item_id or "")
        form.data = data
    return draw_step(
        request,
        meeting,
        "meetings/control_hands_new.html",
        at="hands",
        form=form,
        item=meeting.current_item,
        status=form.status,
    )


def _show(pk: int, show_pk: int) -> ShowOfHands:
    rows = ShowOfHands.objects.select_related("meeting")
    return get_object_or_404(rows, pk=show_pk, meeting=pk)


@login_required
@require_http_methods(["GET", "POST"])
def count_hands(request: AuthenticatedHttpRequest, pk: int, show_pk: int) -> HttpResponse:
    """Enter what was counted in the hall. rules.count_hands."""
    meeting = meeting_to_run(request, pk)
    show = _show(pk, show_pk)
    stands = Figures.read(show, "counted")
    if request.method == "GET":
        same = {"counted": None, "stands": stands, "seen": stands}
        require(rules.count_hands(request.user, meeting, show, **same))
    numbers = dict(zip(("for", "against", "abstained"), stands or (), strict=False))
    initial = {f"counted_{name}": number for name, number in numbers.items()}
    form = CountForm(posted_data(request), initial={**initial, "seen": seen_of(stands)})
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            actions.count_hands(show, by=request.user, counted=form.counted, seen=form.seen_figures)
            return redirect(url_of(pk, "hands"))
        # What another secretary has entered meanwhile stands beside the refusal.
        show.refresh_from_db()
        data = request.POST.copy()
        data["seen"] = seen_of(Figures.read(show, "counted"))
        form.data = data
    return draw_step(
        request,
        meeting,
        "meetings/control_hands_count.html",
        at="hands",
        form=form,
        show=show,
        counted=Figures.read(show, "counted"),
        status=form.status,
    )


@login_required
@require_POST
def close_show(request: AuthenticatedHttpRequest, pk: int, show_pk: int) -> HttpResponse:
    """Close it. rules.close_show."""
    meeting_to_run(request, pk)
    show = _show(pk, show_pk)
    return carry_out(request, pk, lambda: actions.close_show(show, by=request.user), at="hands")
