"""One's own appeals by a program: to list, to read, to file. Nobody else's are there."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ListSerializer

from accounts.models import User
from appeals import actions
from appeals.filing import limits, queries
from appeals.filing.access import load_authored
from appeals.filing.api import serializers
from appeals.filing.forms import subject_of
from appeals.filing.presenters import ApplicantAppeal
from appeals.models import Appeal
from core.api.errors import problems
from core.api.input import PageQuery
from core.api.scopes import InScope
from core.api.views import ApiView
from core.domain import clock
from core.domain.rules import require


class AppealList(ApiView):
    permission_classes = [IsAuthenticated, InScope]
    query_class = PageQuery
    scopes = {"GET": "appeals:read", "POST": "appeals:write"}
    answers_again = "show_filed"
    #: 422: not so; every other refusal is 403: not you.
    refusals = dict.fromkeys(
        (
            "appeal.kind_missing",
            "appeal.subject_missing",
            "appeal.text_missing",
            "appeal.name_missing",
            "appeal.residence_missing",
            "appeal.contact_missing",
            "appeal.people_missing",
            "appeal.not_a_complaint",
        ),
        422,
    )

    @extend_schema(
        operation_id="appeals_list",
        summary=_("My appeals"),
        description=_("One’s own appeals and requests for information, the newest first."),
        tags=["appeals"],
        parameters=[PageQuery],
        responses={200: serializers.AppealPage, **problems(400, 403)},
    )
    def get(self, request: Request) -> Response:
        query, now = self.query(), clock.now()
        page = self.page(queries.own_rows(_person(request)), order=("-pk",), query=query)
        shown = [ApplicantAppeal(each, now) for each in page]
        return self.listed(page, ListSerializer(shown, child=serializers.AppealOut()).data)

    @extend_schema(
        operation_id="appeals_create",
        summary=_("File an appeal"),
        description=_(
            "Registers an appeal or a request for information of the signed-in person, as the form "
            "of the page does. It is private: its author and those who consider it read it. Files "
            "are added on the page alone."
        ),
        tags=["appeals"],
        request=serializers.AppealIn,
        responses={
            201: OpenApiResponse(serializers.AppealDetailOut, description=_("Registered.")),
            **problems(400, 403, 413, 415, 422),
        },
    )
    def post(self, request: Request) -> Response:
        given = serializers.AppealIn(data=request.data)
        given.is_valid(raise_exception=True)
        require(limits.spend_filing(request._request))
        filed = actions.file(
            by=_person(request), via=Appeal.Via.API, **_arguments(request, given.validated_data)
        )
        return self.show_filed(filed.appeal.pk)

    def show_filed(self, appeal_id: int) -> Response:
        return Response(_detail(self.request, appeal_id), status=201)


class AppealDetail(ApiView):
    permission_classes = [IsAuthenticated, InScope]
    http_method_names = ["get", "head"]
    scopes = {"GET": "appeals:read"}

    @extend_schema(
        operation_id="appeals_read",
        summary=_("One of my appeals"),
        tags=["appeals"],
        responses={200: serializers.AppealDetailOut, **problems(400, 403, 404)},
    )
    def get(self, request: Request, appeal: int) -> Response:
        self.query()
        return Response(_detail(request, appeal))


def _detail(request: Request, appeal_id: int) -> Any:
    page = queries.own_page(load_authored(_person(request), appeal_id), _person(request))
    return serializers.AppealDetailOut(page.shown, context={"page": page}).data


def _person(request: Request) -> User:
    """The caller: the permission of the view has let nobody else in."""
    if not request.user.is_authenticated:
        raise NotAuthenticated
    return request.user


def _arguments(request: Request, given: dict[str, Any]) -> dict[str, Any]:
    """The arguments of ``actions.file``; what is left out comes from the account."""
    person = _person(request)
    fields = {
        "name": person.get_full_name(),
        "residence": queries.last_residence(person),
        "email": person.email or "",
        "phone": person.phone or "",
        **given,
    }
    fields["subject"] = fields.get("subject") or subject_of(fields["text"])
    fields["organisation_id"] = fields.pop("organisation", None)
    return fields


appeal_list = AppealList.as_view()
appeal_detail = AppealDetail.as_view()
