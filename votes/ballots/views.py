"""Pages of voting: ballot form, check, receipt – signed in, or by a code on paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.eligibility import load_eligibility
from accounts.http import AuthenticatedHttpRequest
from accounts.people.naming import naming
from core.domain import clock
from core.domain.email_addresses import to_comparable
from core.domain.rules import Refused, Verdict, require
from core.web.client_ip import client_groups
from core.web.forms import posted_data
from organisations.mandates import queries as mandates_queries
from organisations.models import MandatePower
from votes import pages, rules
from votes import queries as votes_queries
from votes.ballots import actions, receipts
from votes.ballots.answers import Choices, read
from votes.ballots.forms import BallotForm, CodeForm
from votes.ballots.posted import choices_in
from votes.electorate import entrance
from votes.models import Poll
from votes.presenters import ShownPoll
from votes.views import poll_of

#: What the buttons of a ballot's pages are called; none of them: the code has just been entered.
_STEPS = frozenset({"check", "cast", "change"})


@dataclass(frozen=True, slots=True)
class Way:
    """Way by which somebody came to vote here."""

    #: Where the person's forms are sent.
    address: str
    #: Who they are, as the actions take it.
    voter: Mapping[str, Any]
    #: For which organisations they may vote: (id, name).
    represented: list[tuple[int, str]] = field(default_factory=list)
    #: What each of their forms sends again.
    key: tuple[tuple[str, str], ...] = ()


@login_required
@naming
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def vote(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Vote as who has signed in. Whoever rules.vote lets."""
    receipt = _cast_at_once(request, pk) if "cast" in request.POST else None
    if receipt is not None:
        return receipt
    shown = poll_of(request, pk)
    poll = shown.poll
    represented = _represented_organisations(request, poll)
    own = _own_ballot(request, poll, represented) if request.method == "GET" else None
    verdict = _may_vote(request, poll, represented)
    if not verdict:
        return _refuse(request, shown, verdict, own)
    way = Way(reverse("votes:vote", args=[pk]), {"by": request.user}, represented)
    return _ballot(request, shown, way, posted_data(request), own)


def _cast_at_once(request: HttpRequest, pk: int) -> HttpResponse | None:
    """The receipt of a ballot with which nothing is wrong, without building its form; None: let
    the form tell what is. The action checks it as it checks every other."""
    try:
        ready = votes_queries.to_vote(pk)
    except Poll.DoesNotExist:
        return None
    poll = ready.poll
    choices = choices_in(request.POST, ready.questions)
    in_a_name = poll.voters == Poll.Voters.ORGANISATIONS
    if choices is None or in_a_name:
        return None
    try:
        told = _cast(poll, {"by": request.user, "choices": choices}, request.POST)
    except Refused:
        return None
    if poll.is_secret:
        return receipts.page(request, poll, told)
    chosen = pages.describe_ballot(ready.described, read(ready.questions, choices))
    return receipts.page(request, poll, {"chosen": chosen})


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def vote_by_code(request: HttpRequest, pk: int) -> HttpResponse:
    """Vote by a code on paper. Whoever has one; rules.vote_by_invitation.

    The code is read from the body of each of the forms and stands in no address and no session:
    nothing but the page in front of them knows that it was entered.
    """
    shown = poll_of(request, pk)
    poll = shown.poll
    if poll.voters != Poll.Voters.INVITED:
        raise Http404
    verdict = rules.vote_by_invitation(poll, now=clock.now())
    if not verdict:
        return _refuse(request, shown, verdict)
    entered = CodeForm(posted_data(request))
    if entered.is_valid():
        code = entered.cleaned_data["paper_code"]
        sent = request.POST if _STEPS & request.POST.keys() else None
        try:
            line = entrance.invitation_of(poll, code, client_groups(request))
            if sent is None and entrance.has_voted(poll, line):
                require(rules.CODE_USED)
        except Refused as refusal:
            entered.refuse(refusal.verdict)
        else:
            way = Way(request.path, {"invitation": line}, key=(("paper_code", code),))
            return _ballot(request, shown, way, sent)
    context = shown.context(form=entered)
    return render(request, "votes/code.html", context, status=entered.status)


def _ballot(
    request: HttpRequest,
    shown: ShownPoll,
    way: Way,
    data: QueryDict | None,
    own: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page that comes next: the form, what was chosen to be checked, or the receipt.

    The receipt of a secret ballot is the answer itself: its code stands in no session and in no
    address.
    """
    poll = shown.poll
    questions = pages.questions_of(poll)
    # Of several organisations each has a ballot of its own: none is filled in for another.
    before = own["choices"] if own and len(way.represented) < 2 else None
    sent = data.get("slip", "") if data is not None else ""
    slip = actions.draw_slip(poll, **way.voter) if poll.is_secret and not sent else None
    form = BallotForm(data, poll, questions, way.represented, before=before)
    if poll.is_secret:
        form.carry(slip.signed() if slip else sent)
    context = shown.context(questions=questions, form=form, way=way, own=own)
    context["has_voted"] = slip is not None and slip.before is not None
    if data is None or "change" in data or not form.is_valid():
        status = form.status if data is not None and "change" not in data else 200
        return render(request, "votes/vote.html", context, status=status)
    choices: Choices = form.cleaned_data["choices"]
    organisation_id: int | None = form.cleaned_data.get("organisation")
    context["chosen"] = pages.describe_ballot(questions, choices)
    context["organisation"] = next(
        (name for pk, name in way.represented if pk == organisation_id), None
    )
    if "cast" not in data:
        context["hidden"] = _hidden_fields(data)
        return render(request, "votes/vote_check.html", context)
    given = {**way.voter, "choices": choices, "organisation_id": organisation_id}
    try:
        context |= _cast(poll, given, data)
    except Refused as refusal:
        form.refuse(refusal.verdict)
        return render(request, "votes/vote.html", context, status=form.status)
    return receipts.page(request, poll, context)


def _own_ballot(
    request: HttpRequest,
    poll: Poll,
    represented: list[tuple[int, str]],
) -> dict[str, Any] | None:
    """The person's ballot in an open poll, for themselves or the first of their organisations, in
    words; and of what they wrote whether others read it.
    """
    ballot = votes_queries.own_ballot(
        poll, request.user, represented[0][0] if represented else None
    )
    if ballot is None:
        return None
    written = ballot.texts.select_related("question").order_by("question__place")
    return {
        "choices": ballot.choices,
        "chosen": pages.describe_ballot(pages.questions_of(poll), ballot.choices),
        "organisation": represented[0][1] if represented else "",
        "texts": list(written),
    }


def _cast(poll: Poll, given: Mapping[str, Any], data: QueryDict) -> dict[str, Any]:
    """Cast it; returns what the receipt of a secret ballot shows beside the poll."""
    if not poll.is_secret:
        actions.cast(poll, **given)
        return {}
    code = actions.cast_secretly(poll, slip=data.get("slip", ""), **given)
    return {"code": code.hex if code else "", "chosen": None}


def _refuse(
    request: HttpRequest, shown: ShownPoll, verdict: Verdict, own: dict[str, Any] | None = None
) -> HttpResponse:
    context = shown.context(verdict=verdict, own=own)
    return render(request, "votes/vote.html", context, status=403)


def _represented_organisations(request: HttpRequest, poll: Poll) -> list[tuple[int, str]]:
    """The organisations for which the person may vote here: (id, name)."""
    if poll.voters != Poll.Voters.ORGANISATIONS:
        return []
    held = mandates_queries.of(request.user, MandatePower.VOTE)
    return [(mandate.organisation_id, mandate.organisation.short_name) for mandate in held]


def _may_vote(
    request: AuthenticatedHttpRequest, poll: Poll, represented: list[tuple[int, str]]
) -> Verdict:
    """Whether they may vote, for the page before anything is filled in: the rule, and whether they
    have voted.
    """
    speaks_for = represented[0][0] if represented else None
    eligibility = None
    if not poll.requirement.asks_nothing:
        eligibility = load_eligibility(request.user, speaks_for=speaks_for)
    verdict = rules.vote(request.user, poll, now=clock.now(), eligibility=eligibility)
    if not verdict or request.method == "POST" or represented:
        return verdict
    email = to_comparable(request.user.email or "-")
    if poll.voters == Poll.Voters.INVITED and not poll.invitations.filter(email=email).exists():
        return rules.NOT_ON_LIST
    if not poll.is_secret or not poll.frozen_at:
        return verdict
    record = actions.record_of(poll, request.user)
    if record is None:
        return rules.NOT_ON_LIST
    return rules.VOTED if record.used and poll.has_receipts else verdict


def _hidden_fields(data: QueryDict) -> Iterable[tuple[str, str]]:
    """Filled-in values, to be sent again from the page that checks them."""
    skipped = {"csrfmiddlewaretoken", "paper_code", *_STEPS}
    return [
        (name, value) for name, values in data.lists() if name not in skipped for value in values
    ]
