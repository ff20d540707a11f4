"""The API of secret ballots on paper: published results, in figures alone."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ListSerializer

from core.api.errors import problems
from core.api.input import PageQuery
from core.api.views import ApiView, page_schema, share_answers
from meetings.api.views import _find, _one
from meetings.models import PaperBallot, SecretMatter
from meetings.paper_ballots import arithmetic, queries


class BallotOptionOut(serializers.Serializer[Any]):
    name = serializers.CharField(help_text=_("A candidate; of a decision “for” or “against”."))
    votes = serializers.IntegerField()


class PaperBallotOut(serializers.Serializer[PaperBallot]):
    id = serializers.IntegerField(source="pk")
    item = serializers.IntegerField(source="item_id")
    matter = serializers.ChoiceField(
        SecretMatter.choices, help_text=_("Which of the matters of 280/97-ВР art. 59(3).")
    )
    kind = serializers.ChoiceField(PaperBallot.Kind.choices)
    question = serializers.CharField()
    repeats = serializers.IntegerField(
        source="repeats_id", allow_null=True, help_text=_("The ballot that this one repeats.")
    )
    membership = serializers.IntegerField()
    needed = serializers.SerializerMethodField(help_text=_("So many votes an option takes."))
    issued = serializers.IntegerField(source="protocol.issued")
    in_box = serializers.IntegerField(source="protocol.in_box")
    not_returned = serializers.IntegerField(source="protocol.not_returned")
    valid = serializers.IntegerField(source="protocol.valid")
    spoiled = serializers.IntegerField(source="protocol.spoiled")
    options = serializers.SerializerMethodField()
    is_carried = serializers.SerializerMethodField()
    opened_at = serializers.DateTimeField()
    counted_at = serializers.DateTimeField()
    published_at = serializers.DateTimeField()

    def get_needed(self, ballot: PaperBallot) -> int:
        return arithmetic.votes_needed(ballot)

    @extend_schema_field(BallotOptionOut(many=True))
    def get_options(self, ballot: PaperBallot) -> Any:
        votes = ballot.protocol.votes if ballot.protocol else []
        pairs = zip(ballot.options, votes, strict=False)
        return [{"name": name, "votes": number} for name, number in pairs]

    def get_is_carried(self, ballot: PaperBallot) -> bool:
        protocol = ballot.protocol
        return protocol is not None and arithmetic.is_carried(ballot, protocol.votes)


PaperBallotPage = page_schema("PaperBallotPage", PaperBallotOut)
DESCRIPTIONS = {
    "PaperBallotOut": _("A published secret ballot on paper, in figures alone."),
    "BallotOptionOut": _("A candidate or a choice, and how many ballots were for it."),
}


class PaperBallotList(ApiView):
    query_class = PageQuery

    @extend_schema(
        operation_id="paper_ballots_list",
        summary=_("The secret ballots of a meeting"),
        description=_(
            "Those on paper whose results are published, in their order. Nobody is named but the "
            "candidates."
        ),
        tags=["meetings"],
        parameters=[PageQuery],
        responses={200: PaperBallotPage, **problems(400, 404)},
    )
    def get(self, request: Request, meeting: int) -> Response:
        query = self.query()
        rows = queries.ballots_of(_find(meeting)).filter(published_at__isnull=False)
        page = self.page(rows, order=("id",), query=query)
        return self.listed(page, ListSerializer(page.items, child=PaperBallotOut()).data)


paper_ballot_list = share_answers(_one)(PaperBallotList.as_view())
