"""API of organisations: the confirmed ones, and of each what its page says."""

from __future__ import annotations

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.errors import problems
from core.api.input import PageQuery
from core.api.views import ApiView, page_schema
from organisations.models import Organisation
from organisations.registering.models import OrganisationQuerySet
from organisations.registering.sectors import Sector


class OrganisationsQuery(PageQuery):
    code = serializers.RegexField(
        r"^[0-9]{8}\Z",
        required=False,
        trim_whitespace=False,
        help_text=_("The whole ЄДРПОУ, eight digits."),
    )
    sector = serializers.ChoiceField(Sector.choices, required=False, help_text=_("КВЕД section."))


class ConfirmedOrganisationOut(serializers.Serializer[Organisation]):
    """An organisation. Of a sole proprietor neither a code nor a location is told: they are their
    own."""

    id = serializers.IntegerField(source="pk")
    url = serializers.SerializerMethodField(
        help_text=_("Its page for people: what it said, and what became of it.")
    )
    kind = serializers.ChoiceField(Organisation.Kind.choices)
    code = serializers.CharField(help_text=_("ЄДРПОУ, eight digits as text."))
    name = serializers.CharField(help_text=_("In full."))
    short_name = serializers.CharField()
    location = serializers.SerializerMethodField()
    sector = serializers.ChoiceField(
        Sector.choices, allow_blank=True, help_text=_("КВЕД section. Empty: it has not said.")
    )
    size = serializers.ChoiceField(
        Organisation.Size.choices, allow_blank=True, help_text=_("Empty: it has not said.")
    )
    how = serializers.ChoiceField(
        Organisation.How.choices, help_text=_("How the city knows that it is this one.")
    )
    confirmed_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(
        allow_null=True, help_text=_("Since when it takes no part any more.")
    )

    def get_url(self, organisation: Organisation) -> str:
        return f"{settings.SITE_URL}{reverse('portal:organisation', args=[organisation.pk])}"

    def get_location(self, organisation: Organisation) -> str | None:
        return None if organisation.is_sole else organisation.location


ConfirmedOrganisationPage = page_schema("ConfirmedOrganisationPage", ConfirmedOrganisationOut)

#: Words on the schemas, for the API's document.
DESCRIPTIONS = {
    "ConfirmedOrganisationOut": _(
        "An organisation that was confirmed. Of a sole proprietor neither a code nor a location "
        "is told."
    ),
}


def _public_columns() -> OrganisationQuerySet:
    """Without what is nobody's business: contacts, keys, who registered and checked it."""
    names = [str(name) for name in ConfirmedOrganisationOut().fields]
    return Organisation.objects.only(*(name for name in names if name not in ("id", "url")))


class OrganisationList(ApiView):
    query_class = OrganisationsQuery

    @extend_schema(
        operation_id="organisations_list",
        summary=_("Organisations"),
        description=_("Those that are confirmed and take part, the latest confirmed first."),
        tags=["organisations"],
        parameters=[OrganisationsQuery],
        responses={200: ConfirmedOrganisationPage, **problems(400)},
    )
    def get(self, request: Request) -> Response:
        query = self.query()
        exact = {name: query[name] for name in ("code", "sector") if name in query}
        listed = _public_columns().confirmed().filter(**exact)
        page = self.page(listed, order=("-confirmed_at", "-pk"), query=query)
        rows = serializers.ListSerializer(page.items, child=ConfirmedOrganisationOut())
        return self.listed(page, rows.data)


class OrganisationDetail(ApiView):
    @extend_schema(
        operation_id="organisations_read",
        summary=_("One organisation"),
        description=_("Also one that has closed since: its words stay."),
        tags=["organisations"],
        responses={200: ConfirmedOrganisationOut, **problems(400, 404)},
    )
    def get(self, request: Request, organisation: int) -> Response:
        self.query()
        ever_confirmed = _public_columns().filter(confirmed_at__isnull=False)
        found = get_object_or_404(ever_confirmed, pk=organisation)
        return Response(ConfirmedOrganisationOut(found).data)


organisation_list = OrganisationList.as_view()
organisation_detail = OrganisationDetail.as_view()
