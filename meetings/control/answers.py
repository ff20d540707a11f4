"""Answers to steps that js/control.js sends (``part`` in the post): one post, and no page after it.

A tap on a cell of the grid is answered by that cell and the figures; any other step by the live
region. ``seq`` and ``raised`` let the page pass over the frame that tells of its own step: where
the counter has risen by more, somebody else has changed something, and the page asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from core.domain.rules import Refused
from core.domain.topics import seq_of
from meetings.control.queries import grid_of
from meetings.models import Meeting
from meetings.presence.actions_bulk import is_change
from meetings.presence.grid import Cell, Grid


@dataclass(frozen=True, slots=True)
class Answer:
    """The counter of the meeting's topic after the step, by how much the step has raised it, and
    what a tap has changed; without ``grid``, the whole region stands in the answer."""

    meeting: Meeting
    seq: int
    raised: int
    grid: Grid | None = None
    cells: Collection[Cell] = field(default_factory=list)


def is_part(request: HttpRequest) -> bool:
    """Whether a script has sent the step, and puts the answer into its page."""
    return "part" in request.POST


def tap(
    request: HttpRequest, meeting: Meeting, act: Callable[[], Any], *, pks: Collection[int], at: str
) -> HttpResponse:
    """Carry out what a tap on the cells of members (``pks``) means, and show them as they are then;
    without a script the page, at ``at``. A refusal is said at its top."""
    raised = 0
    try:
        raised = int(is_change(act))
    except Refused as refusal:
        messages.warning(request, str(refusal))
        at = ""
    if not is_part(request):
        page = reverse("meetings_control:control", args=[meeting.pk])
        return redirect(f"{page}#{at}" if at else page)
    seq = seq_of(meeting.topic)  # before what is shown is read
    grid = grid_of(meeting)
    cells = [cell for cell in grid.cells if cell.pk in pks]
    answer = Answer(meeting, seq, raised, grid, cells)
    return render(request, "meetings/control_answer.html", {"answer": answer})
