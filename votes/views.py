"""The public pages of polls: the list, a poll, voting, the receipt."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.eligibility import standing_of
from core import clock
from core.pages import shared_page
from core.rules import Refused
from organisations import mandates
from organisations.models import Scope
from votes import actions, boards, pages, reading, rules
from votes.answers import read
from votes.forms import BallotForm
from votes.models import Mark, Option, Poll, Question, topic_of
from votes.reading import questions_of


def topics_of(pk: int, *args: Any, **kwargs: Any) -> list[str]:
    """The topics whose change makes a poll's pages others."""
    return [topic_of(pk)]


def _all() -> list[str]:
    return ["polls"]


def poll_of(request: HttpRequest, pk: int) -> Poll:
    """A poll that the person sees, with what its pages show of it, or 404."""
    visible = Poll.objects.visible_to(request.user)
    return pages.show(get_object_or_404(pages.for_page(visible), pk=pk))


@require_safe
@shared_page(_all)
def poll_list(request: HttpRequest) -> HttpResponse:
    """Announced polls by where they stand. Anybody."""
    return render(request, "votes/poll_list.html", pages.list_context(request.GET))


@require_safe
@shared_page(topics_of)
def poll_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One poll: what is asked, of whom, until when, how it is counted. Anybody."""
    poll = poll_of(request, pk)
    context = pages.standing_context(poll) | {
        "questions": pages.questions_of(poll),
        **pages.shared(poll),
    }
    return render(request, "votes/poll_detail.html", context)


@require_safe
@shared_page(topics_of)
def standing(request: HttpRequest, pk: int) -> HttpResponse:
    """The public fragment of its state, rules and turnout that live pages fetch again. Anybody."""
    context = pages.standing_context(poll_of(request, pk))
    return render(request, "votes/poll_detail.html#standing", context)


@require_safe
@shared_page(topics_of)
def display(request: HttpRequest, pk: int) -> HttpResponse:
    """The hall's screen: the question, the countdown, turnout, bars, a QR code. Anybody."""
    template = "votes/poll_display.html" + ("#board" if "board" in request.GET else "")
    return render(request, template, boards.display_context(poll_of(request, pk)))


@login_required
@require_http_methods(["GET", "POST"])
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Vote: the form, a page to check it, the receipt. Whoever rules.vote lets.

    The receipt of a secret ballot is the answer itself: its code stands in no session and in no
    address.
    """
    poll = poll_of(request, pk)
    questions = pages.questions_of(poll)
    represented = _represented(request, poll)
    context: dict[str, Any] = {"poll": poll, "questions": questions}
    if request.method == "GET":
        context["own"] = _own(request, poll, questions, represented)
    verdict = _may_vote(request, poll, represented)
    if not verdict:
        return render(request, "votes/vote.html", context | {"verdict": verdict}, status=403)
    data = request.POST if request.method == "POST" else None
    form = BallotForm(data, poll, questions, represented)
    context["form"] = form
    if data is None or "change" in data or not form.is_valid():
        status = form.status if data is not None and "change" not in data else 200
        return render(request, "votes/vote.html", context, status=status)
    try:
        choices = read(questions_of(poll), form.cleaned_data["choices"])
        context["chosen"] = pages.described(questions, choices)
        context["organisation"] = dict(represented).get(form.cleaned_data.get("organisation"))
        if "cast" not in data:
            context["hidden"] = _sent(data)
            return render(request, "votes/vote_check.html", context)
        _cast(request, poll, form)
    except Refused as refusal:
        form.refuse(refusal.verdict)
        return render(request, "votes/vote.html", context, status=form.status)
    context["code"] = form.code.hex if poll.is_secret else ""
    return render(request, "votes/receipt.html", context)


def _own(
    request: HttpRequest,
    poll: Poll,
    questions: list[tuple[Question, list[Option]]],
    represented: list[tuple[int, str]],
) -> dict[str, Any] | None:
    """What she has voted in an open poll, for herself or the first of her organisations, in words;
    and of what she wrote whether others read it."""
    ballot = reading.own_ballot(poll, request.user, represented[0][0] if represented else None)
    if ballot is None:
        return None
    written = ballot.texts.select_related("question").order_by("question__place")
    return {
        "chosen": pages.described(questions, ballot.choices),
        "organisation": represented[0][1] if represented else "",
        "texts": list(written),
    }


def _cast(request: HttpRequest, poll: Poll, form: BallotForm) -> None:
    given: dict[str, Any] = {
        "by": request.user,
        "choices": form.cleaned_data["choices"],
        "organisation_id": form.cleaned_data.get("organisation"),
    }
    if poll.is_secret:
        actions.cast_secretly(poll, code=form.code, **given)
    else:
        actions.cast(poll, **given)


def _represented(request: HttpRequest, poll: Poll) -> list[tuple[int, str]]:
    """The organisations for which the person may vote here: (id, name)."""
    if poll.voters != Poll.Voters.ORGANISATIONS:
        return []
    held = mandates.of(request.user, Scope.VOTE)
    return [(mandate.organisation_id, mandate.organisation.short_name) for mandate in held]


def _may_vote(request: HttpRequest, poll: Poll, represented: list[tuple[int, str]]) -> Any:
    """What the page tells before anything is filled in: the rule, and whether she has voted."""
    speaks_for = represented[0][0] if represented else None
    standing = None
    if not poll.requirement.asks_nothing:
        standing = standing_of(request.user, speaks_for=speaks_for)
    verdict = rules.vote(request.user, poll, now=clock.now(), standing=standing)
    if verdict and poll.is_secret and request.method == "GET" and not represented:
        mark = Mark.objects.filter(poll=poll, user=request.user).first()
        if poll.frozen_at and mark is None and poll.voters != Poll.Voters.INVITED:
            return rules.NOT_ON_LIST
        if mark is not None and mark.used:
            return rules.VOTED
    return verdict


def _sent(data: Any) -> Iterable[tuple[str, str]]:
    """What was filled in, to be sent again from the page that checks it."""
    skipped = {"csrfmiddlewaretoken", "check", "cast", "change"}
    return [
        (name, value) for name, values in data.lists() if name not in skipped for value in values
    ]
