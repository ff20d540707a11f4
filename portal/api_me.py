"""The API of one's own account: what its pages say of it, and two things to change.

Nothing here is anybody else's to read, and the e-mail is not told: a program needs none.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from accounts.eligibility import CHECKED, DECLARED, load_eligibility
from accounts.http import AuthenticatedRequest
from accounts.models import Level, PublicName, User
from accounts.people import actions
from city.models import District
from core.api.errors import problems
from core.api.input import Input
from core.api.scopes import InScope
from core.api.views import ApiView
from organisations.mandates import queries
from organisations.models import Mandate, MandatePower

_LANGUAGES = User._meta.get_field("language").choices or ()
_LEVELS = [(level.name.lower(), level.label) for level in Level]
_RESIDENCES = [
    ("unknown", _("nothing is known of it")),
    (DECLARED, _("as the person says")),
    (CHECKED, _("checked by the city")),
]


class DistrictOut(serializers.Serializer[District]):
    slug = serializers.CharField()
    name = serializers.CharField()


class ResidenceOut(serializers.Serializer[dict[str, Any]]):
    state = serializers.ChoiceField(_RESIDENCES)
    district = DistrictOut(allow_null=True)


class MandateOut(serializers.Serializer[Mandate]):
    """An organisation that one speaks for."""

    organisation = serializers.IntegerField(
        source="organisation_id", help_text=_("The organisation’s `id`.")
    )
    name = serializers.CharField(source="organisation.short_name")
    code = serializers.CharField(source="organisation.code")
    scopes = serializers.ListField(child=serializers.ChoiceField(MandatePower.choices))
    is_head = serializers.BooleanField()
    ends_at = serializers.DateTimeField(allow_null=True)


class MeOut(serializers.Serializer[dict[str, Any]]):
    """The person who made the token, or who is signed in."""

    id = serializers.IntegerField(source="pk")
    given_name = serializers.CharField()
    family_name = serializers.CharField()
    public_name = serializers.CharField(help_text=_("What others see."))
    public_name_style = serializers.ChoiceField(PublicName.choices)
    language = serializers.ChoiceField(_LANGUAGES)
    level = serializers.ChoiceField(_LEVELS, help_text=_("How surely the city knows who it is."))
    residence = ResidenceOut()
    organisations = MandateOut(many=True)


class MeIn(Input):
    """Fields to change; those left out stay."""

    public_name_style = serializers.ChoiceField(PublicName.choices, required=False)
    language = serializers.ChoiceField(_LANGUAGES, required=False)


#: Words on the schemas, for the API's document.
DESCRIPTIONS = {
    "MeOut": _("The person who made the token, or who is signed in."),
    "MeIn": _("What is to change; what is left out stays."),
    "MandateOut": _("An organisation that one speaks for."),
}


class Me(ApiView):
    http_method_names = ["get", "head", "patch"]
    permission_classes = [IsAuthenticated, InScope]
    scopes = {"GET": "me:read", "PATCH": "me:write"}

    @extend_schema(
        operation_id="me_read",
        summary=_("Who I am"),
        tags=["me"],
        responses={200: MeOut, **problems(400, 403)},
    )
    def get(self, request: AuthenticatedRequest) -> Response:
        self.query()
        return Response(_account_of(request.user))

    @extend_schema(
        operation_id="me_change",
        summary=_("Change my public name or language"),
        tags=["me"],
        request=MeIn,
        responses={200: MeOut, **problems(400, 403, 413, 415, 422)},
    )
    def patch(self, request: AuthenticatedRequest) -> Response:
        self.query()
        given = MeIn(data=request.data)
        given.is_valid(raise_exception=True)
        changed = given.validated_data
        user = actions.change_profile(request.user, fields=changed) if changed else request.user
        return Response(_account_of(user))


def _account_of(user: User) -> Any:
    """At most three queries."""
    eligibility = load_eligibility(user)
    district = District.objects.filter(pk__in=[eligibility.district_id]).first()
    return MeOut(
        {
            "pk": user.pk,
            **{name: getattr(user, name) for name in _OWN},
            "level": Level(eligibility.level).name.lower(),
            "residence": {"state": eligibility.residence or "unknown", "district": district},
            "organisations": queries.of(user),
        }
    ).data


_OWN = ("given_name", "family_name", "public_name", "public_name_style", "language")
me = Me.as_view()
