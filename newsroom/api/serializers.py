"""Serializers of the API of news: every field by name."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.input import PageQuery, Slug
from core.api.views import page_schema
from core.kept_pictures.serializers import PictureFields
from newsroom.models import Article, ArticleCorrection, Kind
from newsroom.presenters import ShownCorrection


class NewsQuery(PageQuery):
    kind = serializers.ChoiceField(Kind.choices, required=False)
    theme = Slug(help_text=_("The slug of a theme."))
    district = Slug(help_text=_("The slug of a district."))


class ArticleOut(serializers.Serializer[Article]):
    id = serializers.IntegerField(source="pk")
    url = serializers.SerializerMethodField(help_text=_("Its page for people."))
    kind = serializers.ChoiceField(Kind.choices)
    title = serializers.CharField()
    summary = serializers.CharField()
    title_en = serializers.CharField(help_text=_("Empty where it is in Ukrainian only."))
    summary_en = serializers.CharField()
    published_at = serializers.DateTimeField(source="publish_at")
    begins_at = serializers.DateTimeField(allow_null=True, help_text=_("Of an event."))
    ends_at = serializers.DateTimeField(allow_null=True)
    place = serializers.CharField()
    contact = serializers.CharField(help_text=_("Of a press release: whom journalists ask."))
    department = serializers.CharField(source="department.name")
    district = serializers.CharField(
        source="district.slug",
        default=None,
        allow_null=True,
        help_text=_("The slug of the district; null: of the whole city."),
    )

    def get_url(self, article: Article) -> str:
        return f"{settings.SITE_URL}{article.get_absolute_url()}"


class PictureOut(PictureFields):
    credit = serializers.CharField(help_text=_("Who made it."))


class FormerOut(serializers.Serializer[Any]):
    what = serializers.CharField(source="label", help_text=_("Of what these were the words."))
    words = serializers.CharField()


class CorrectionOut(serializers.Serializer[ShownCorrection]):
    at = serializers.DateTimeField(source="correction.at")
    reason = serializers.CharField(source="correction.reason")
    former = FormerOut(many=True, help_text=_("The words that were replaced."))


class ArticleDetailOut(ArticleOut):
    text = serializers.CharField(help_text=_("As it was written, in the subset of Markdown here."))
    html = serializers.CharField(help_text=_("Made of the text, safe."))
    text_en = serializers.CharField()
    html_en = serializers.CharField()
    themes = serializers.SerializerMethodField(help_text=_("The slugs of its themes."))
    streets = serializers.SerializerMethodField(help_text=_("The names of its streets."))
    pictures = PictureOut(many=True)
    corrections = serializers.SerializerMethodField()

    def get_themes(self, article: Article) -> list[str]:
        return [theme.slug for theme in article.themes.all()]

    def get_streets(self, article: Article) -> list[str]:
        return [street.name for street in article.streets.all()]

    @extend_schema_field(CorrectionOut(many=True))
    def get_corrections(self, article: Article) -> list[dict[str, Any]]:
        rows: list[ArticleCorrection] = list(article.corrections.all())
        return [dict(CorrectionOut(ShownCorrection(row)).data) for row in rows]


NewsPage = page_schema("NewsPage", ArticleOut)
