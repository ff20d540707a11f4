"""Views of the grid of members: who came and left, how they vote in the open roll-call."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from accounts.http import AuthenticatedHttpRequest
from core.domain.actions import action
from meetings.control.answers import tap
from meetings.control.queries import grid_of
from meetings.control.steps import carry_out, meeting_to_run, step_of
from meetings.models import Deputy, Meeting
from meetings.presence import actions as presence_actions
from meetings.presence import actions_bulk
from meetings.presence.numbers import (
    SIGNS,
    TAKEN_BACK,
    read_numbers,
    refuse_absent,
    refuse_locked,
    refuse_unknown,
)
from meetings.queries import members_of
from meetings.rollcalls import actions
from meetings.rollcalls.views_control import roll_call_of

#: A member comes, takes part by videoconference, leaves.
PRESENCE: dict[str, Callable[..., Meeting]] = {
    "come": presence_actions.come,
    "video": partial(presence_actions.come, by_video=True),
    "leave": presence_actions.leave,
}


def _member(meeting: Meeting, pk: int) -> Deputy:
    deputy = members_of(meeting).filter(pk=pk).first()
    if deputy is None:
        raise Http404
    return deputy


@login_required
@require_POST
def member(request: AuthenticatedHttpRequest, pk: int, deputy_pk: int, step: str) -> HttpResponse:
    """Note that a member came or left. rules.presence.register."""
    meeting = meeting_to_run(request, pk)
    act = step_of(PRESENCE, step)
    deputy = _member(meeting, deputy_pk)
    return tap(
        request,
        meeting,
        lambda: act(meeting, deputy, by=request.user),
        pks=[deputy_pk],
        at=f"presence-{deputy_pk}",
    )


@login_required
@require_POST
def all_come(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Note that all members are in the hall. rules.presence.register."""
    meeting = meeting_to_run(request, pk)
    return carry_out(
        request, pk, lambda: actions_bulk.note_all_present(meeting, by=request.user), at="members"
    )


@login_required
@require_POST
def member_numbers(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Members by their numbers: who was in the hall on the page (``seen``) has left, the others
    have come. rules.presence.register."""
    meeting = meeting_to_run(request, pk)
    cells = {cell.number: cell for cell in grid_of(meeting).cells}
    touched: list[int] = []

    def carry() -> None:
        numbers = read_numbers(request.POST.get("numbers", ""))
        refuse_unknown(numbers, cells)
        seen = {int(word) for word in request.POST.get("seen", "").split() if word.isdecimal()}
        touched.extend(cells[number].pk for number in numbers)
        left = {cells[number].pk for number in numbers if number in seen}
        actions_bulk.note_presence(meeting, by=request.user, came=set(touched) - left, left=left)

    return tap(request, meeting, carry, pks=touched, at="members")


@login_required
@require_POST
def vote(
    request: AuthenticatedHttpRequest, pk: int, roll_call_pk: int, deputy_pk: int
) -> HttpResponse:
    """Enter what a member says aloud, or take it back. rules.rollcalls.enter_vote, take_back."""
    meeting = meeting_to_run(request, pk)
    roll_call = roll_call_of(pk, roll_call_pk)
    deputy = _member(meeting, deputy_pk)
    choice = request.POST.get("choice", "")

    def carry() -> Any:
        if choice == TAKEN_BACK:
            return actions.take_vote_back(roll_call, deputy, by=request.user)
        return actions.enter_vote(roll_call, deputy, by=request.user, choice=choice)

    return tap(request, meeting, carry, pks=[deputy_pk], at=f"vote-{deputy_pk}")


@login_required
@require_POST
def rest(request: AuthenticatedHttpRequest, pk: int, roll_call_pk: int) -> HttpResponse:
    """Give the same vote to everybody in the hall who has none. rules.rollcalls.enter_vote."""
    meeting_to_run(request, pk)
    roll_call = roll_call_of(pk, roll_call_pk)
    choice = request.POST.get("choice", "")
    return carry_out(
        request,
        pk,
        lambda: actions_bulk.vote_for_the_rest(roll_call, by=request.user, choice=choice),
        at="roll-call",
    )


@login_required
@require_POST
def vote_numbers(request: AuthenticatedHttpRequest, pk: int, roll_call_pk: int) -> HttpResponse:
    """Enter votes by numbers and signs. rules.rollcalls.enter_vote, take_back; who is not in the
    hall gets none (``numbers.absent``), nor who has voted themselves or has a conflict of interest
    (``numbers.locked``)."""
    meeting = meeting_to_run(request, pk)
    roll_call = roll_call_of(pk, roll_call_pk)
    cells = {cell.number: cell for cell in grid_of(meeting).voting}
    touched: list[int] = []

    def carry() -> None:
        numbers = read_numbers(request.POST.get("numbers", ""))
        refuse_unknown(numbers, cells)
        touched.extend(cells[number].pk for number in numbers)
        votes = {cells[number].pk: SIGNS[sign] for number, sign in numbers.items()}
        refuse_locked([cells[number] for number in numbers])
        refuse_absent([cells[number] for number in numbers])
        back = [pk for pk, choice in votes.items() if choice == TAKEN_BACK]
        with action():
            for deputy in members_of(meeting).filter(pk__in=back):
                actions.take_vote_back(roll_call, deputy, by=request.user)
            given = {pk: choice for pk, choice in votes.items() if choice != TAKEN_BACK}
            if given:
                actions_bulk.enter_votes(roll_call, by=request.user, votes=given)

    return tap(request, meeting, carry, pks=touched, at="votes")
