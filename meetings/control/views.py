"""Views of running a meeting: the page, its live region, the course and the displays."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from core.domain.rules import require
from core.web.regions import region_of
from meetings.control.steps import (
    carry_out,
    control_context,
    draw_step,
    meeting_to_run,
    seen_id,
    step_of,
)
from meetings.course import actions, rules
from meetings.models import Item

#: Steps of the hall's displays: panic blank, and its end.
SCREENS = {"blank": actions.blank, "unblank": actions.unblank}


@login_required
@require_GET
def control(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Everything that runs a meeting. rules.roles.run; others get 404."""
    return render(request, "meetings/control.html", control_context(request, pk))


@require_GET
@region_of("meetings_control:control")
def now(request: HttpRequest, pk: int) -> HttpResponse:
    """The live region of the same page. rules.roles.run; others get 404, also without a session:
    js/live.js asks without one first."""
    return render(request, "meetings/control.html#now", control_context(request, pk))


@login_required
@require_POST
def open_meeting(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Open it. rules.course.open_meeting."""
    meeting = meeting_to_run(request, pk)
    return carry_out(request, pk, lambda: actions.open_meeting(meeting, by=request.user))


@login_required
@require_http_methods(["GET", "POST"])
def close_meeting(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Close it, once it was asked. rules.course.close_meeting."""
    meeting = meeting_to_run(request, pk)
    if request.method == "POST":
        return carry_out(
            request,
            pk,
            lambda: actions.close_meeting(
                meeting, by=request.user, seen_item=seen_id(request, "seen_item")
            ),
        )
    require(rules.control(request.user, meeting))
    return draw_step(
        request, meeting, "meetings/control_close.html", seen_item=meeting.current_item_id or ""
    )


@login_required
@require_POST
def next_item(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Go to the next planned item; after the last one, to none. rules.course.leave_item."""
    meeting = meeting_to_run(request, pk)
    return carry_out(
        request,
        pk,
        lambda: actions.next_item(
            meeting, by=request.user, seen_item=seen_id(request, "seen_item")
        ),
        at="item",
    )


@login_required
@require_POST
def go_to_item(request: AuthenticatedHttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Take up an item out of its turn, or once more. rules.course.go_to_item."""
    meeting = meeting_to_run(request, pk)
    item = get_object_or_404(Item, pk=item_pk, meeting=meeting)
    return carry_out(
        request,
        pk,
        lambda: actions.go_to_item(
            meeting, item, by=request.user, seen_item=seen_id(request, "seen_item")
        ),
        at="item",
    )


@login_required
@require_POST
def screens(request: AuthenticatedHttpRequest, pk: int, step: str) -> HttpResponse:
    """Blank the hall's displays at once, or show again. rules.course.blank."""
    meeting = meeting_to_run(request, pk)
    act = step_of(SCREENS, step)
    return carry_out(request, pk, lambda: act(meeting, by=request.user))
