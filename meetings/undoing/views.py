"""Views of running a meeting: undoing the last step, reopening."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from accounts.http import AuthenticatedHttpRequest
from meetings.control.steps import carry_out, meeting_to_run, seen_id
from meetings.undoing import actions


@login_required
@require_POST
def undo(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Undo the last step. rules.undo."""
    meeting = meeting_to_run(request, pk)
    shown = seen_id(request, "seen_entry")
    return carry_out(request, pk, lambda: actions.undo(meeting, by=request.user, seen=shown))


@login_required
@require_POST
def reopen(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Reopen what was closed by mistake. rules.reopen."""
    meeting = meeting_to_run(request, pk)
    return carry_out(request, pk, lambda: actions.reopen(meeting, by=request.user))
