"""The API of polls: reading them and their results, and voting: secretly by oneself alone.

A secret ballot leaves a sealed box on its voter's record, here as on the page (docs/adr/0118): no
program carries it, because it would know it; no try is counted, because a count has a time; it can
be sent again, because its form makes it the same.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ListSerializer

from accounts.http import AuthenticatedRequest
from core.api.errors import problems
from core.api.input import PageQuery
from core.api.scopes import InScope
from core.api.views import ApiView, share_answers
from core.domain.rules import Refused, refuse
from organisations.mandates import queries
from organisations.models import MandatePower
from votes import pages
from votes.api import serializers
from votes.ballots import actions
from votes.exports import document as exports
from votes.models import OpenBallot, Option, Poll, ReceiptCode, topic_of
from votes.presenters import PollRow, ShownPoll
from votes.queries import own_ballot
from votes.querysets import PollQuerySet
from votes.results import showing

BY_ONESELF = refuse(
    "vote.by_oneself",
    _("A secret ballot is cast by the person themselves: a program that carried it would know it."),
)
NO_SECRET = refuse(
    "poll.not_secret", _("This poll is open: its ballots are cast at another address.")
)
SECRET = refuse("poll.secret", _("This poll is secret: its ballots are cast at another address."))

#: 409: not now; 422: not so; every other refusal is 403: not you.
_REFUSALS = {
    "poll.not_open_yet": 409,
    "poll.closed": 409,
    "poll.cancelled": 409,
    "poll.secret": 409,
    "poll.not_secret": 409,
    "vote.voted_already": 409,
    "vote.organisation_voted": 409,
    "vote.organisation_needed": 422,
    "ballot.unknown_question": 422,
    "ballot.unanswered": 422,
    "ballot.empty": 422,
    "ballot.malformed": 422,
    "ballot.unknown_option": 422,
    "ballot.too_few": 422,
    "ballot.too_many": 422,
    "ballot.over_budget": 422,
    "ballot.too_long": 422,
    "ballot.form": 422,
    "ballot.form_old": 409,
}


def _topics_of_lists(**kwargs: Any) -> list[str]:
    return ["polls"]


def _topics_of_poll(poll: int, **kwargs: Any) -> list[str]:
    return [topic_of(poll)]


def _announced_poll(pk: int) -> Poll:
    """An announced poll; 404 for whatever is not public, whoever asks."""
    poll: Poll = get_object_or_404(Poll.objects.published().defer("search"), pk=pk)
    return poll


def _for_page(pk: int) -> PollRow:
    """An announced poll as its page reads it; 404 for whatever is not public, whoever asks."""
    return get_object_or_404(pages.for_page(Poll.objects.published()), pk=pk)


class PollList(ApiView):
    query_class = serializers.PollsQuery

    @extend_schema(
        operation_id="polls_list",
        summary=_("Polls"),
        description=_("All that are announced, in whatever state they are."),
        tags=["polls"],
        parameters=[serializers.PollsQuery],
        responses={200: serializers.PollPage, **problems(400)},
    )
    def get(self, request: Request) -> Response:
        query = self.query()
        page = self.page(_filter_polls(query), order=pages.LISTS[query["list"]][1], query=query)
        results = ListSerializer(page.items, child=serializers.PollOut())
        return self.listed(page, results.data)


def _filter_polls(query: dict[str, Any]) -> PollQuerySet:
    polls = pages.for_page(pages.polls_in_list(query["list"]))
    for name in ("department", "district"):
        if name in query:
            polls = polls.filter(**{f"{name}__slug": query[name]})
    return polls.filter(**{name: query[name] for name in ("voters", "secrecy") if name in query})


class PollDetail(ApiView):
    @extend_schema(
        operation_id="polls_read",
        summary=_("One poll"),
        description=_("What is asked, of whom, until when, and how it is counted."),
        tags=["polls"],
        responses={200: serializers.PollDetailOut, **problems(400, 404)},
    )
    def get(self, request: Request, poll: int) -> Response:
        self.query()
        found = _for_page(poll)
        options = Prefetch("questions__options", Option.objects.with_locations())
        prefetch_related_objects([found], options)
        return Response(serializers.PollDetailOut(found).data)


class PollResults(ApiView):
    @extend_schema(
        operation_id="polls_results",
        summary=_("The results of a poll"),
        description=_(
            "Once they are published, or while it is open where the poll shows them; of a secret "
            "poll never before."
        ),
        tags=["polls"],
        responses={200: serializers.ResultsOut, **problems(400, 404)},
    )
    def get(self, request: Request, poll: int) -> Response:
        self.query()
        found = _for_page(poll)
        counted = showing.counted_of(ShownPoll.of(found))
        if counted is None:
            raise Http404
        body = {
            **counted.numbers,
            "is_final": counted.is_final,
            "codes_hash": counted.codes_hash,
            "codes_url": _codes_url(found),
            "over_time": counted.numbers.get("over_time"),
            "groups": exports.groups(
                counted, [each["question"] for each in counted.numbers["questions"]]
            ),
        }
        return Response(serializers.ResultsOut(body).data)


def _codes_url(poll: Poll) -> str | None:
    if not (poll.has_receipts and poll.published_at):
        return None
    return f"{settings.SITE_URL}{reverse('votes:codes', args=[poll.pk])}"


class CodeList(ApiView):
    query_class = PageQuery

    @extend_schema(
        operation_id="codes_list",
        summary=_("The codes of a secret poll"),
        description=_(
            "Of the ballots that were counted, sorted; once the results are published. They say "
            "nothing of what was chosen."
        ),
        tags=["polls"],
        parameters=[PageQuery],
        responses={200: serializers.CodePage, **problems(400, 404)},
    )
    def get(self, request: Request, poll: int) -> Response:
        query = self.query()
        found = _announced_poll(poll)
        if not (found.has_receipts and found.published_at):
            raise Http404
        ballots = ReceiptCode.objects.filter(poll=found).only("poll", "place", "code")
        page = self.page(ballots, order=("place",), query=query)
        results = ListSerializer(page.items, child=serializers.CodeOut())
        return self.listed(page, results.data)


class OwnBallot(ApiView):
    """One's own ballot in an open poll: to see, to cast, to cast anew."""

    query_class = serializers.BallotQuery
    permission_classes = [IsAuthenticated, InScope]
    scopes = dict.fromkeys(("GET", "POST"), "votes:cast")
    refusals = _REFUSALS

    @extend_schema(
        operation_id="ballot_read",
        summary=_("My ballot in an open poll"),
        description=_("Of a secret poll there is none: nobody can find it again."),
        tags=["polls"],
        parameters=[serializers.BallotQuery],
        responses={200: serializers.BallotOut, **problems(400, 403, 404)},
    )
    def get(self, request: AuthenticatedRequest, poll: int) -> Response:
        organisation = self.query().get("organisation")
        return Response(
            serializers.BallotOut(_own_ballot(request, _announced_poll(poll), organisation)).data
        )

    @extend_schema(
        operation_id="ballot_create",
        summary=_("Vote in an open poll"),
        description=_(
            "As the person, or as the organisation of which they hold a mandate to vote, under "
            "the rules of the page. Until the poll closes they may vote anew."
        ),
        tags=["polls"],
        request=serializers.BallotIn,
        responses={
            201: OpenApiResponse(serializers.BallotOut, description=_("Cast.")),
            **problems(400, 403, 404, 409, 413, 415, 422),
        },
    )
    def post(self, request: AuthenticatedRequest, poll: int) -> Response:
        self.query()
        found = _announced_poll(poll)
        given = serializers.BallotIn(data=request.data)
        given.is_valid(raise_exception=True)
        if found.is_secret:
            raise Refused(SECRET)
        record = actions.cast(found, by=request.user, **_ballot_arguments(given.validated_data))
        ballot = OpenBallot.objects.get(voter_record=record)
        return Response(serializers.BallotOut(ballot).data, status=201)


def _ballot_arguments(values: dict[str, Any]) -> dict[str, Any]:
    return {"choices": values["choices"], "organisation_id": values.get("organisation")}


def _own_ballot(
    request: AuthenticatedRequest, poll: Poll, organisation_id: int | None
) -> OpenBallot:
    acts_for = organisation_id is None or queries.mandate_of(
        request.user, organisation_id, MandatePower.VOTE
    )
    if not acts_for:
        raise Http404
    ballot = own_ballot(poll, request.user, organisation_id)
    if ballot is None:
        raise Http404
    return ballot


class SecretBallot(ApiView):
    """A ballot of a secret poll, by the person's own session."""

    http_method_names = ["get", "post"]
    authentication_classes = [SessionAuthentication]
    permission_classes = [IsAuthenticated]
    #: The voter record is the limit, and it has no time.
    throttle_classes = []
    refusals = _REFUSALS

    @extend_schema(
        operation_id="secret_ballot_form",
        summary=_("A form of a secret ballot"),
        description=_(
            "What the server draws and signs for one ballot of this person in this poll; it is "
            "sent back with the choices. Nothing of it is kept."
        ),
        tags=["polls"],
        responses={200: serializers.SecretFormOut, **problems(400, 403, 404, 409)},
    )
    def get(self, request: AuthenticatedRequest, poll: int) -> Response:
        self.query()
        found = _announced_poll(poll)
        if not found.is_secret:
            raise Refused(NO_SECRET)
        drawn = actions.draw_slip(found, request.user)
        return Response(serializers.SecretFormOut({"form": drawn.signed()}).data)

    def perform_authentication(self, request: Request) -> None:
        # Before the token is looked up: the day on which it was used would be written down.
        if request.headers.get("Authorization", "").lower().startswith("bearer"):
            raise Refused(BY_ONESELF)
        super().perform_authentication(request)

    @extend_schema(
        operation_id="secret_ballot_create",
        summary=_("Vote in a secret poll"),
        description=_(
            "With a form that was got before. Once and for good, and answered with the receipt; "
            "or, where the poll’s `ballot_kind` is `changeable`, without a receipt and until it is "
            "cast anew. By the session of the person alone: a program that carried their ballot "
            "would know it. Nothing is written down but that they have voted and the sealed ballot."
        ),
        tags=["polls"],
        request=serializers.SecretBallotIn,
        responses={
            201: OpenApiResponse(serializers.ReceiptOut, description=_("Cast.")),
            **problems(400, 403, 404, 409, 413, 415, 422),
        },
    )
    def post(self, request: AuthenticatedRequest, poll: int) -> Response:
        self.query()
        found = _announced_poll(poll)
        given = serializers.SecretBallotIn(data=request.data)
        given.is_valid(raise_exception=True)
        if not found.is_secret:
            raise Refused(NO_SECRET)
        values = given.validated_data
        code = actions.cast_secretly(
            found, by=request.user, slip=values["form"], **_ballot_arguments(values)
        )
        told = {"code": code.hex if code else None}
        return Response(serializers.ReceiptOut(told).data, status=201)


poll_list = share_answers(_topics_of_lists)(PollList.as_view())
poll_detail = share_answers(_topics_of_poll)(PollDetail.as_view())
poll_results = share_answers(_topics_of_poll)(PollResults.as_view())
code_list = share_answers(_topics_of_poll)(CodeList.as_view())
ballot = OwnBallot.as_view()
secret_ballot = SecretBallot.as_view()
