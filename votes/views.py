"""Public pages of polls: the list, a poll, its display, the pictures of its options."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.for_whom import PageCards
from accounts.http import AuthenticatedHttpRequest
from core.export.pictures import JPEG, PNG
from core.web.downloads import SANDBOXED, same_for_everybody
from core.web.pages import shared_page
from core.web.regions import region_of
from votes import boards, cards, pages, places
from votes.models import Option, Poll, topic_of
from votes.presenters import ShownPoll


def topics_of(pk: int, *args: Any, **kwargs: Any) -> list[str]:
    """The topics whose change makes a poll's pages others."""
    return [topic_of(pk)]


def poll_of(request: HttpRequest, pk: int) -> ShownPoll:
    """A poll that the person sees, as its pages show it; or 404."""
    row = pages.to_read(pk, request.user)
    if row is None:
        raise Http404
    return ShownPoll.of(row)


@require_safe
@shared_page(["polls"])
def poll_list(request: HttpRequest) -> HttpResponse:
    """Announced polls by where they stand. Anybody."""
    return render(request, "votes/poll_list.html", pages.list_context(request.GET))


@require_safe
@shared_page(topics_of)
def poll_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One poll: what is asked, of whom, until when, how it is counted. Anybody."""
    shown = poll_of(request, pk)
    standing = pages.standing_context(shown)
    context = standing | {
        "places": places.of(pk),
        "options": [option for asked in standing["questions"] for option in asked.options],
        **pages.share_links(shown.poll),
    }
    return render(request, "votes/poll_detail.html", context)


@require_safe
@region_of("votes:detail")
@shared_page(topics_of)
def standing(request: HttpRequest, pk: int) -> HttpResponse:
    """The public fragment of its state, rules and turnout that live pages fetch again; for a ballot
    that is being filled in (``?ballot``), whether it can still be sent. Anybody."""
    shown = poll_of(request, pk)
    if "ballot" in request.GET:
        return render(request, "votes/vote.html#sending", shown.context())
    return render(request, "votes/poll_detail.html#standing", pages.standing_context(shown))


@require_safe
@shared_page(topics_of)
def display(request: HttpRequest, pk: int) -> HttpResponse:
    """The hall's screen: the question, the countdown, turnout, bars, a QR code. Anybody."""
    template = "votes/poll_display.html" + ("#board" if "board" in request.GET else "")
    return render(request, template, boards.display_context(poll_of(request, pk)))


@require_safe
def picture(request: HttpRequest, pk: int, name: str) -> FileResponse:
    """The picture of an option, for the page that shows it. Whoever sees the poll.

    Its name is random and another one for each picture, so it may be kept for ever.
    """
    visible = Option.objects.filter(question__poll__in=Poll.objects.visible_to(request.user))
    option = get_object_or_404(visible.select_related("question__poll"), pk=pk)
    if not option.picture.name or PurePosixPath(option.picture.name).name != name:
        raise Http404
    try:
        content = option.picture.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    answer = FileResponse(
        content, content_type=PNG if name.endswith(".png") else JPEG, headers=SANDBOXED
    )
    if option.question.poll.scheduled_at is None:
        answer["Cache-Control"] = "no-store"
        return answer
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    return same_for_everybody(answer)


@login_required
@require_safe
def for_me(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The open polls in which the person may vote and has not, and those for which they lack
    something that they can get. Anybody signed in, of themselves."""
    found = pages.open_polls(request.user)
    polls = cards.for_reader(request.user, found, request.path)[: pages.LIST_SIZE]
    context = {"polls": polls, "cards": PageCards((cards.PollCards.of(polls),))}
    return render(request, "votes/for_me.html", context)
