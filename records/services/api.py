"""The API of electronic services: the list for everybody, a month's figure by a program."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ListSerializer

from accounts.http import AuthenticatedRequest
from core.api.errors import problems
from core.api.input import PageQuery
from core.api.scopes import InScope
from core.api.views import ApiView, page_schema, share_answers
from records.handlers import topics_of_services
from records.models import Service, ServiceUse
from records.services import actions
from records.services.models import MOST_USES


class ServiceOut(serializers.Serializer[Service]):
    """An electronic service of the council."""

    id = serializers.IntegerField(source="pk")
    url = serializers.SerializerMethodField(help_text=_("Its page for people."))
    name = serializers.CharField()
    name_en = serializers.CharField(help_text=_("Empty where it has none."))
    about = serializers.CharField()
    address = serializers.URLField(source="url", help_text=_("Where it is offered."))
    department = serializers.CharField(source="department.name")
    since = serializers.DateField()
    pilot_until = serializers.DateField(
        allow_null=True, help_text=_("Null: it is offered for good.")
    )
    ended_on = serializers.DateField(allow_null=True)

    def get_url(self, service: Service) -> str:
        return f"{settings.SITE_URL}{service.get_absolute_url()}"


class UseIn(serializers.Serializer[Any]):
    month = serializers.RegexField(
        r"\A20\d\d-(0[1-9]|1[0-2])\Z", help_text=_("The month, as 2026-11; it has to be over.")
    )
    number = serializers.IntegerField(min_value=0, max_value=MOST_USES)
    reason = serializers.CharField(
        default="",
        allow_blank=True,
        max_length=ServiceUse._meta.get_field("reason").max_length,
        help_text=_("Why a figure that was told before is corrected."),
    )


class UseOut(serializers.Serializer[ServiceUse]):
    service = serializers.IntegerField(source="service_id")
    month = serializers.DateField(format="%Y-%m")
    edition = serializers.IntegerField(help_text=_("1, and one more with each correction."))
    number = serializers.IntegerField()
    reason = serializers.CharField()


ServicesPage = page_schema("ServicesPage", ServiceOut)


class ServiceList(ApiView):
    query_class = PageQuery

    @extend_schema(
        operation_id="services_list",
        summary=_("Electronic services"),
        description=_("What the council offers and offered, by name."),
        tags=["services"],
        parameters=[PageQuery],
        responses={200: ServicesPage, **problems(400)},
    )
    def get(self, request: Request) -> Response:
        query = self.query()
        rows = Service.objects.select_related("department")
        page = self.page(rows, order=("name", "id"), query=query)
        return self.listed(page, ListSerializer(page.items, child=ServiceOut()).data)


class ServiceUses(ApiView):
    """Figures of a service's use, one for a month: a program of its department tells them."""

    permission_classes = [IsAuthenticated, InScope]
    scopes = {"POST": "services:write"}
    refusals = dict.fromkeys(
        ("service.month_runs", "service.not_offered_then", "service.reason_missing"), 422
    )
    answers_again = "answer"

    @extend_schema(
        operation_id="service_use_create",
        summary=_("Tell how many times a service was used in a month"),
        description=_(
            "One figure of all people together. The figure that stands, sent again, changes "
            "nothing; another one needs the reason of the correction."
        ),
        tags=["services"],
        request=UseIn,
        responses={
            201: OpenApiResponse(UseOut, description=_("It is published.")),
            **problems(400, 403, 404, 413, 415, 422),
        },
    )
    def post(self, request: AuthenticatedRequest, service: int) -> Response:
        self.query()
        found = get_object_or_404(Service, pk=service)
        given = UseIn(data=request.data)
        given.is_valid(raise_exception=True)
        values = dict(given.validated_data)
        month = serializers.DateField().to_internal_value(f"{values.pop('month')}-01")
        if request.auth is not None and getattr(request.auth, "scopes", None):
            # Made in a session that had shown a second factor; the roles are those of today.
            request.user.grant_staff_rights()
        use = actions.enter_use(found, by=request.user, month=month, **values)
        return self.answer(use.pk, service)

    def answer(self, use_id: int, service: int) -> Response:
        use = get_object_or_404(ServiceUse, pk=use_id, service=service)
        return Response(UseOut(use).data, status=201)


service_list = share_answers(topics_of_services)(ServiceList.as_view())
