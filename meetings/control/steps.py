"""Steps of running a meeting: a button's post, carried out or refused in a sentence, and the page.

Every button says what its page showed (the current item, who spoke, the question on the displays);
the action compares it under the meeting's lock, so that of two secretaries the second is told what
the first has done.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.http import AuthenticatedHttpRequest
from core.domain.rules import Refused
from core.web.converters import BIGGEST
from meetings.control.answers import Answer, is_part
from meetings.control.presenters import Control
from meetings.control.queries import control_of, for_control
from meetings.course import rules as course_rules
from meetings.hall import rules as hands
from meetings.models import Meeting
from meetings.presence.actions_bulk import is_change
from meetings.quickpolls import rules as quickpolls_rules
from meetings.rollcalls import rules as rollcalls_rules
from meetings.undoing.queries import may_reopen, may_undo


def meeting_to_run(request: HttpRequest, pk: int) -> Meeting:
    """A meeting that the person runs; 404 for everybody else."""
    return get_object_or_404(Meeting.objects.run_by(request.user).select_related("body"), pk=pk)


def seen_id(request: HttpRequest, name: str) -> int | None:
    """The id that the page of who asks showed; None: nothing."""
    value = request.POST.get(name, "")
    number = int(value) if value.isdecimal() and len(value) <= len(str(BIGGEST)) else None
    return number or None


def url_of(meeting_pk: int, at: str = "") -> str:
    """The control page, at one of its sections."""
    page = reverse("meetings_control:control", args=[meeting_pk])
    return f"{page}#{at}" if at else page


def carry_out(
    request: AuthenticatedHttpRequest,
    pk: int,
    act: Callable[[], Any],
    *,
    at: str = "",
    to: str = "",
) -> HttpResponse:
    """Carry a step out, and show the page as it is then, or another (``to``); a refusal is said at
    its top. What a script has sent is answered by the live region alone."""
    raised = 0
    try:
        raised = int(is_change(act))
    except Refused as refusal:
        messages.warning(request, str(refusal))
        at = ""
    if is_part(request) and not to:
        context = control_context(request, pk)
        answer = Answer(context["meeting"], context["control"].seq, raised)
        return render(request, "meetings/control_answer.html", {**context, "answer": answer})
    return redirect(to or url_of(pk, at))


def step_of[Act](steps: dict[str, Act], name: str) -> Act:
    """The step that an address names; 404 where there is none."""
    if name not in steps:
        raise Http404
    return steps[name]


def control_context(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Context of the control page and its live region."""
    rows = for_control(Meeting.objects.run_by(request.user))
    row = get_object_or_404(rows, pk=pk)
    control = control_of(row, now=row.now, seq=row.seq)
    return context_of(request, control)


def context_of(request: HttpRequest, control: Control) -> dict[str, Any]:
    """The same of a meeting that is read already."""
    meeting = control.meeting
    return {
        "control": control,
        "meeting": meeting,
        "may_undo": may_undo(request.user, control),
        "may_reopen": may_reopen(request.user, meeting),
        "may_open": course_rules.open_meeting(request.user, meeting, now=control.now),
        "may_call": rollcalls_rules.open_roll_call(
            request.user,
            meeting,
            question="-",
            seen_item=meeting.current_item_id,
            is_open=control.open_roll_call is not None,
            shows_hands=control.hall.open_hands is not None,
            is_polling=control.is_polling,
        ),
        "may_show_hands": hands.open_show(
            request.user,
            meeting,
            question="-",
            seen_item=meeting.current_item_id,
            is_open=control.hall.open_hands is not None,
            calls_roll=control.open_roll_call is not None,
            is_polling=control.is_polling,
        ),
        "may_poll": quickpolls_rules.open_poll(
            request.user,
            meeting,
            seen_item=meeting.current_item_id,
            is_polling=control.is_polling,
            is_roll_call_open=control.open_roll_call is not None,
            shows_hands=control.hall.open_hands is not None,
        ),
    }


def draw_step(
    request: HttpRequest,
    meeting: Meeting,
    template: str,
    *,
    at: str = "",
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The page of a step that needs words; ``at``: its section of the control page."""
    context = {"meeting": meeting, "back": url_of(meeting.pk, at), **more}
    return render(request, template, context, status=status)
