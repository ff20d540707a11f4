"""Published answers for programs: the list by words, theme and district, and one of them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ListSerializer

from appeals.answers.actions import PUBLISHED
from appeals.publishing import queries
from appeals.publishing.api import serializers
from core.api.errors import problems
from core.api.views import ApiView, share_answers


def _topics(**kwargs: Any) -> list[str]:
    return [PUBLISHED]


class AnswerList(ApiView):
    http_method_names = ["get", "head"]
    query_class = serializers.PublishedAnswersQuery

    @extend_schema(
        operation_id="answers_list",
        summary=_("Published answers"),
        description=_(
            "What people asked the council and what it answered, the newest first: published with "
            "their consent, without anything that identifies them."
        ),
        tags=["answers"],
        parameters=[serializers.PublishedAnswersQuery],
        responses={200: serializers.PublishedAnswerPage, **problems(400)},
    )
    def get(self, request: Request) -> Response:
        query = self.query()
        named = {name: query.get(name, "") for name in ("theme", "district")}
        found = queries.narrow(words=query.get("q", ""), **named)
        page = self.page(found, order=queries.ORDER, query=query)
        shown = [queries.present(answer) for answer in page]
        rows = ListSerializer(shown, child=serializers.PublishedAnswerOut())
        return self.listed(page, rows.data)


class AnswerDetail(ApiView):
    http_method_names = ["get", "head"]

    @extend_schema(
        operation_id="answers_read",
        summary=_("One published answer"),
        description=_("Gone as soon as the person who asked no longer agrees."),
        tags=["answers"],
        responses={200: serializers.PublishedAnswerOut, **problems(400, 404)},
    )
    def get(self, request: Request, answer: int) -> Response:
        self.query()
        return Response(serializers.PublishedAnswerOut(queries.load_published(answer)).data)


answer_list = share_answers(_topics)(AnswerList.as_view())
answer_detail = share_answers(_topics)(AnswerDetail.as_view())
