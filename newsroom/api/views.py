"""The API of news: reading what is published."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ListSerializer

from core.api.errors import problems
from core.api.views import ApiView, share_answers
from newsroom import queries
from newsroom.api import serializers
from newsroom.handlers import LISTS
from newsroom.models import Article, topic_of
from newsroom.queries import Filters


def _lists(**kwargs: Any) -> list[str]:
    return [LISTS]


def _one(article: int, **kwargs: Any) -> list[str]:
    return [topic_of(article)]


class ArticleList(ApiView):
    query_class = serializers.NewsQuery

    @extend_schema(
        operation_id="news_list",
        summary=_("News"),
        description=_("News, announcements and events that are published; the newest first."),
        tags=["news"],
        parameters=[serializers.NewsQuery],
        responses={200: serializers.NewsPage, **problems(400)},
    )
    def get(self, request: Request) -> Response:
        query = self.query()
        names = ("kind", "theme", "district")
        filters = Filters(**{name: query.get(name, "") for name in names})
        rows = queries.for_cards(filters.narrow(Article.objects.published()))
        page = self.page(rows, order=("-publish_at", "-id"), query=query)
        results = ListSerializer(page.items, child=serializers.ArticleOut())
        return self.listed(page, results.data)


class ArticleDetail(ApiView):
    @extend_schema(
        operation_id="news_read",
        summary=_("One article"),
        tags=["news"],
        responses={200: serializers.ArticleDetailOut, **problems(400, 404)},
    )
    def get(self, request: Request, article: int) -> Response:
        self.query()
        rows = queries.for_page(Article.objects.published())
        found = get_object_or_404(rows, pk=article)
        return Response(serializers.ArticleDetailOut(found).data)


article_list = share_answers(_lists)(ArticleList.as_view())
article_detail = share_answers(_one)(ArticleDetail.as_view())
