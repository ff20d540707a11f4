"""Serializers of published answers: what everybody reads on their page, every field by name."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from appeals.publishing.queries import LONGEST_WORDS, PublishedAnswer
from core.api.input import PageQuery, Slug
from core.api.views import page_schema


class PublishedAnswersQuery(PageQuery):
    theme = Slug(help_text=_("A theme’s `slug`."))
    district = Slug(help_text=_("A district’s `slug`."))
    q = serializers.CharField(
        required=False,
        max_length=LONGEST_WORDS,
        help_text=_("Words, found in any of their forms."),
    )


class PublishedAnswerOut(serializers.Serializer[PublishedAnswer]):
    id = serializers.IntegerField(source="pk")
    url = serializers.SerializerMethodField(help_text=_("Its page for people."))
    published_at = serializers.DateTimeField()
    subject = serializers.CharField()
    question = serializers.CharField(
        help_text=_("Words in square brackets replace what would identify people.")
    )
    text = serializers.CharField(help_text=_("The council’s answer."))
    theme = serializers.CharField(
        source="theme_slug", allow_null=True, help_text=_("A theme’s `slug`.")
    )
    district = serializers.CharField(
        source="district_slug", allow_null=True, help_text=_("A district’s `slug`.")
    )
    department = serializers.CharField(
        source="department_slug", allow_null=True, help_text=_("The `slug` of who answered.")
    )

    def get_url(self, shown: PublishedAnswer) -> str:
        return f"{settings.SITE_URL}{shown.get_absolute_url()}"


PublishedAnswerPage = page_schema("PublishedAnswerPage", PublishedAnswerOut)

#: Words on the schemas, for the API's document.
DESCRIPTIONS = {
    "PublishedAnswerOut": _(
        "A question to the council and its answer, published with the asker’s consent."
    ),
}
