"""The API of the register of acts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from consultations.acts import queries
from consultations.acts.presenters import ShownAct
from consultations.acts.queries import Filters
from consultations.api.followed import VotesOut
from core.api.errors import problems
from core.api.input import PageQuery, Slug
from core.api.views import ApiView, page_schema, share_answers


def _topics(**_arguments: Any) -> list[str]:
    return ["consultations"]


class ActsQuery(PageQuery):
    year = serializers.IntegerField(
        required=False, min_value=2000, max_value=2100, help_text=_("In which it was adopted.")
    )
    theme = Slug(help_text=_("A theme’s `slug`."))
    department = Slug(help_text=_("A department’s `slug`."))


class ActOut(serializers.Serializer[Any]):
    """An act that was adopted through the platform."""

    id = serializers.IntegerField(source="decision.pk")
    number = serializers.CharField()
    title = serializers.CharField()
    decided_on = serializers.DateField(source="decision.decided_on")
    signed_on = serializers.DateField(source="decision.signed_on", allow_null=True)
    in_force_from = serializers.DateField(source="decision.in_force_from", allow_null=True)
    in_force_until = serializers.DateField(
        source="decision.in_force_until",
        allow_null=True,
        help_text=_("The first day on which it is no longer in force."),
    )
    ended_by = serializers.CharField(
        source="decision.ended_by", help_text=_("The act by which it ceased to be in force.")
    )
    ended_by_url = serializers.CharField(source="decision.ended_by_url")
    published_at = serializers.DateTimeField(help_text=_("When everybody could read of it here."))
    publication_due_on = serializers.DateField(
        source="due_on", help_text=_("Five working days (law 2939-VI art. 15(2)).")
    )
    published_in_time = serializers.BooleanField(source="is_in_time")
    consultation = serializers.IntegerField(source="decision.consultation_id")
    version = serializers.IntegerField(
        source="decision.text.number", default=None, allow_null=True, help_text=_("As adopted.")
    )
    department = serializers.CharField(source="decision.consultation.department.slug")
    votes = VotesOut(allow_null=True)
    roll_call = serializers.CharField(source="decision.roll_call_url")
    act = serializers.CharField(source="decision.url", help_text=_("Where the act is."))
    url = serializers.SerializerMethodField(help_text=_("Its page for people."))

    def get_url(self, shown: ShownAct) -> str:
        return f"{settings.SITE_URL}{shown.get_absolute_url()}"


ActPage = page_schema("ActPage", ActOut)


class ActList(ApiView):
    query_class = ActsQuery

    @extend_schema(
        operation_id="acts_list",
        summary=_("Register of acts"),
        description=_("Acts that were adopted through the platform, the newest first."),
        tags=["acts"],
        parameters=[ActsQuery],
        responses={200: ActPage, **problems(400)},
    )
    def get(self, request: Request) -> Response:
        query = self.query()
        names = ("year", "theme", "department")
        asked: dict[str, str] = {name: str(query[name]) for name in names if name in query}
        rows = Filters.of(asked).narrow(queries.acts())
        page = self.page(rows, order=queries.ORDER, query=query)
        return self.listed(page, ActOut(queries.show(page), many=True).data)


class ActDetail(ApiView):
    @extend_schema(
        operation_id="acts_read",
        summary=_("One act"),
        tags=["acts"],
        responses={200: ActOut, **problems(400, 404)},
    )
    def get(self, request: Request, act: int) -> Response:
        self.query()
        shown = queries.act_of(act)
        if shown is None:
            raise Http404
        return Response(ActOut(shown).data)


act_list = share_answers(_topics)(ActList.as_view())
act_detail = share_answers(_topics)(ActDetail.as_view())

#: What the documents say of these schemas, by name.
DESCRIPTIONS = {
    "ActOut": _("An act that was adopted through the platform, and when it was published."),
}
