"""Views of running a meeting: surveys of those present."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from core.domain import clock
from core.domain.rules import Verdict, require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from meetings.control.steps import carry_out, draw_step, meeting_to_run, url_of
from meetings.hall.queries import open_show_of
from meetings.models import Meeting, Prepared
from meetings.prepared.queries import find_prepared, of_kind, survey_fields
from meetings.queries import open_roll_call_of
from meetings.quickpolls import actions, rules
from meetings.quickpolls.forms import QuickPollForm
from meetings.quickpolls.pages import shown_of


def may_open(request: HttpRequest, meeting: Meeting, *, is_polling: bool) -> Verdict:
    """Whether a survey can be put to those who are present now. rules.quickpolls.open_poll."""
    return rules.open_poll(
        request.user,
        meeting,
        seen_item=meeting.current_item_id,
        is_polling=is_polling,
        is_roll_call_open=open_roll_call_of(meeting) is not None,
        shows_hands=open_show_of(meeting) is not None,
    )


def _new_answer(_request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    return redirect(url_of(pk, "poll"))


@idempotent(_new_answer)
@login_required
@require_http_methods(["GET", "POST"])
def new_poll(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Put a survey to those who are present, at once. rules.quickpolls.open_poll."""
    meeting = meeting_to_run(request, pk)
    if request.method == "GET":
        found = shown_of(meeting, clock.now(), most=1)
        require(may_open(request, meeting, is_polling=any(each.is_open for each in found)))
    prepared = of_kind(meeting, Prepared.Kind.SURVEY)
    of = find_prepared(prepared, request.GET.get("prepared", ""))
    given = {"seen_item": meeting.current_item_id, **survey_fields(of)}
    form = QuickPollForm(posted_data(request), initial=given)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = actions.open_quick_poll(
                meeting,
                by=request.user,
                question=form.question(),
                lasts=form.lasts,
                results_while_open=form.cleaned_data["results_while_open"],
                seen_item=form.cleaned_data["seen_item"],
            )
            return _new_answer(request, made.pk, pk)
        # What is current now is what the page shows beside the refusal.
        data = request.POST.copy()
        data["seen_item"] = str(meeting.current_item_id or "")
        form.data = data
    return draw_step(
        request,
        meeting,
        "meetings/control_new_poll.html",
        at="poll",
        form=form,
        item=meeting.current_item,
        prepared=prepared,
        of=of,
        status=form.status,
    )


@login_required
@require_POST
def close_poll(request: AuthenticatedHttpRequest, pk: int, poll_pk: int) -> HttpResponse:
    """Close it: it is counted and published at once. rules.quickpolls.close_poll."""
    meeting = meeting_to_run(request, pk)
    quick = get_object_or_404(meeting.quick_polls.select_related("meeting"), poll=poll_pk)
    return carry_out(
        request, pk, lambda: actions.close_quick_poll(quick, by=request.user), at="poll"
    )
