"""Taking part in a meeting by telephone: surveys of those present."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.http import AuthenticatedHttpRequest
from accounts.limits import per_person
from accounts.reader_acts import act_of_reader
from core.domain.rules import Refused
from core.web.requests import wants_data
from meetings import limits
from meetings.guests.views import answer_as_guest, or_guest
from meetings.views import meeting_of
from votes import pages
from votes.ballots import actions
from votes.ballots.posted import choices_in


@or_guest(answer_as_guest)
@act_of_reader
@per_person(limits.POLL)
def cast_poll(request: AuthenticatedHttpRequest, pk: int, poll_pk: int) -> HttpResponse:
    """Vote in a survey of those present, or change one's vote, by one press. Whoever
    votes.rules.vote lets."""
    shown = meeting_of(request, pk)
    asked = shown.meeting.quick_polls.select_related("poll")
    poll = get_object_or_404(asked, poll=poll_pk).poll
    choices = choices_in(request.POST, actions.questions_of(poll)) or {}
    is_data = wants_data(request)
    try:
        actions.cast(poll, by=request.user, choices=choices)
    except Refused as refusal:
        if is_data:
            raise
        messages.error(request, str(refusal.verdict.message))
    else:
        if is_data:
            chosen = next(iter(choices.values()), "")
            return JsonResponse({"chosen": chosen, "turnout": pages.turnout(poll)})
        messages.success(request, _("Your vote is counted. You can change it until the close."))
    return redirect(f"{shown.meeting.get_absolute_url()}#quick-poll")
