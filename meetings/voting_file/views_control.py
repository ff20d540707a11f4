"""Views of running a meeting: presence and votes from the voting system's file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from core.domain.rules import require
from core.web.forms import posted_data
from meetings.control.queries import grid_of
from meetings.control.steps import draw_step, meeting_to_run, url_of
from meetings.course.rules import control
from meetings.models import Meeting, VotingColumns
from meetings.presence.grid import Grid
from meetings.voting_file.actions import apply_file
from meetings.voting_file.forms import ColumnsForm, FileForm, as_text
from meetings.voting_file.parsing import Matched, Table, match


@login_required
@require_http_methods(["GET", "POST"])
def voting_file(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Bring the file, see what it says, enter it. rules.presence.register, rollcalls.enter_vote."""
    meeting = meeting_to_run(request, pk)
    require(control(request.user, meeting))
    grid = grid_of(meeting)
    if "table" in request.POST:
        return _columns(request, meeting, grid)
    form = FileForm(posted_data(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        table: Table = form.cleaned_data["file"]
        names, votes = _known_columns(meeting, table)
        initial = {"table": as_text(table), "names": names, "votes": votes}
        columns = ColumnsForm(initial=initial, heads=table.heads)
        found = _match(grid, table, names, votes) if names else None
        return _draw(request, meeting, grid, columns, found)
    return draw_step(
        request,
        meeting,
        "meetings/control_file.html",
        at="roll-call",
        form=form,
        status=form.status,
    )


def _columns(request: AuthenticatedHttpRequest, meeting: Meeting, grid: Grid) -> HttpResponse:
    """The columns were chosen, or the button was pressed (``apply``)."""
    form = ColumnsForm(request.POST)
    if not form.is_valid():
        return _draw(request, meeting, grid, form, None)
    names, votes = form.cleaned_data["names"], form.cleaned_data["votes"]
    found = _match(grid, form.cleaned_data["table"], names, votes)
    if "apply" in request.POST:
        with form.attempt():
            changed = apply_file(
                meeting,
                grid.roll_call.roll_call if grid.roll_call else None,
                by=request.user,
                came=found.came,
                left=found.left,
                votes=found.votes,
                names=names,
                votes_column=votes,
            )
            said = _("Entered from the file. Changed: %(n)d.") % {"n": changed}
            messages.success(request, said)
            return redirect(url_of(meeting.pk, "roll-call"))
    return _draw(request, meeting, grid, form, found)


def _known_columns(meeting: Meeting, table: Table) -> tuple[str, str]:
    """The columns that were chosen for this body before, if the file has them; else a guess."""
    kept = VotingColumns.objects.filter(body=meeting.body_id).first()
    if kept and {kept.names, kept.votes or kept.names} <= set(table.heads):
        return kept.names, kept.votes
    return table.guess()


def _match(grid: Grid, table: Table, names: str, votes: str) -> Matched:
    full_names = {member.deputy.pk: member.deputy.name for member in grid.members}
    return match(table, grid.cells, full_names, names=names, votes=votes)


def _draw(
    request: HttpRequest, meeting: Meeting, grid: Grid, form: ColumnsForm, found: Matched | None
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "grid": grid, "found": found}
    return draw_step(
        request,
        meeting,
        "meetings/control_file_look.html",
        at="roll-call",
        status=form.status,
        **context,
    )
