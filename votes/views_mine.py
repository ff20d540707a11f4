"""The page of the polls that are for whoever reads it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.for_whom import PageCards
from accounts.http import AuthenticatedHttpRequest
from votes import cards, pages


@login_required
@require_safe
def for_me(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The open polls in which the person may vote and has not, and those for which they lack
    something that they can get. Anybody signed in, of themselves."""
    found = pages.open_polls(request.user)
    polls = cards.for_reader(request.user, found, request.path)[: pages.LIST_SIZE]
    context = {"polls": polls, "cards": PageCards((cards.PollCards.of(polls),))}
    return render(request, "votes/for_me.html", context)
