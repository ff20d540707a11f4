"""Serializers of the API of one's own appeals: every field by name, both ways."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.serializers import ListSerializer

from appeals.filing.presenters import ApplicantAnswer, ApplicantAppeal, OwnPage
from appeals.models import Answer, Appeal, State
from city.models import Department, District, Theme
from core.api.input import BySlug, Input, Text, Whole, YesNo
from core.api.views import page_schema


class AppealIn(Input):
    """Fields of an appeal that is filed."""

    kind = serializers.ChoiceField(Appeal.Kind.choices)
    subject = Text(required=False, max_length=200, help_text=_("Else the first sentence."))
    text = Text(max_length=20_000)
    name = Text(
        required=False,
        max_length=200,
        help_text=_("Last name, first name, patronymic. Else the account’s."),
    )
    residence = Text(
        required=False, max_length=300, help_text=_("Not needed for a request for information.")
    )
    phone = Text(required=False, max_length=40)
    theme = BySlug[Theme](
        queryset=Theme.objects.open(),
        slug_field="slug",
        required=False,
        help_text=_("A theme’s `slug`."),
    )
    district = BySlug[District](
        queryset=District.objects.open(),
        slug_field="slug",
        required=False,
        help_text=_("A district’s `slug`."),
    )
    about_department = BySlug[Department](
        queryset=Department.objects.open(),
        slug_field="slug",
        required=False,
        help_text=_("The department that a complaint is about: it does not consider it. A `slug`."),
    )
    organisation = Whole(
        required=False,
        help_text=_("In whose name: an organisation’s `id`, by a mandate to sign."),
    )
    is_urgent = YesNo(
        default=False,
        help_text=_("A request on life, freedom, environment, accidents or dangers: 48 hours."),
    )


class AppealOut(serializers.Serializer[ApplicantAppeal]):
    id = serializers.IntegerField(source="appeal.pk")
    url = serializers.SerializerMethodField(help_text=_("Its page for people."))
    number = serializers.CharField(
        source="appeal.label", help_text=_("As it is written: «12-27.11.2026».")
    )
    kind = serializers.ChoiceField(Appeal.Kind.choices, source="appeal.kind")
    subject = serializers.CharField(source="appeal.subject")
    state = serializers.ChoiceField(State.choices)
    received_at = serializers.DateTimeField(source="appeal.received_at")
    registered_on = serializers.DateField(source="appeal.registered_on")
    due_at = serializers.DateTimeField(
        source="appeal.due_at", help_text=_("The first moment at which the answer is late.")
    )
    article = serializers.CharField(source="term.article", help_text=_("What sets the term."))
    is_late = serializers.BooleanField()
    closed_at = serializers.DateTimeField(source="appeal.closed_at", allow_null=True)

    def get_url(self, shown: ApplicantAppeal) -> str:
        return f"{settings.SITE_URL}{shown.appeal.get_absolute_url()}"


class AppealAnswerOut(serializers.Serializer[ApplicantAnswer]):
    text = serializers.CharField(source="answer.text")
    result = serializers.ChoiceField(Answer.Result.choices, source="answer.result")
    signed_as = serializers.CharField(source="answer.signed_as")
    sent_at = serializers.DateTimeField(source="answer.sent_at")
    rating = serializers.IntegerField(source="answer.rating", allow_null=True)


class AppealStepOut(serializers.Serializer[Any]):
    title = serializers.CharField(source="label")
    words = serializers.CharField()
    at = serializers.DateTimeField()


class AppealDetailOut(AppealOut):
    text = serializers.CharField(source="appeal.text")
    department = serializers.CharField(
        source="department_name", allow_null=True, help_text=_("Who considers it.")
    )
    forwarded_to = serializers.CharField(source="appeal.forwarded_to")
    ending_note = serializers.CharField(
        source="appeal.ending_note", help_text=_("What is missing, or why it was not considered.")
    )
    answers = serializers.SerializerMethodField()
    steps = serializers.SerializerMethodField(help_text=_("What happened, the oldest first."))

    @extend_schema_field(AppealAnswerOut(many=True))
    def get_answers(self, shown: ApplicantAppeal) -> Any:
        return ListSerializer(self._page().answers, child=AppealAnswerOut()).data

    @extend_schema_field(AppealStepOut(many=True))
    def get_steps(self, shown: ApplicantAppeal) -> Any:
        return ListSerializer(self._page().entries, child=AppealStepOut()).data

    def _page(self) -> OwnPage:
        page: OwnPage = self.context["page"]
        return page


AppealPage = page_schema("AppealPage", AppealOut)

#: Words on the schemas, for the API's document.
DESCRIPTIONS: Mapping[str, str | Promise] = {
    "AppealIn": _("What is filed."),
    "AppealOut": _("One’s own appeal or request in a list."),
    "AppealDetailOut": _("All about one’s own appeal."),
    "AppealAnswerOut": _("An answer that was sent."),
    "AppealStepOut": _("Something that happened to it."),
}
