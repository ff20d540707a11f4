"""Views of the API: keyset pages, limits, shared answers, and the caller's language."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from core.api.errors import NOT_FOUND, BadQuery
from core.api.idempotency import IdempotentPosts
from core.api.input import OnlyJson, Query, StrictJSON
from core.db import paging
from core.domain.rules import Refused
from core.web import limits
from core.web.client_ip import client_groups
from core.web.pages import shared_page


class Limit(BaseThrottle):
    """Limit of reads and of writes a minute: of a person, or of an address without one."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        kind = "read" if request.method in ("GET", "HEAD", "OPTIONS") else "write"
        user = request.user
        most, per = settings.API_LIMITS[kind], timedelta(minutes=1)
        if user.is_authenticated:
            verdict = limits.spend(f"api-{kind}:user {user.pk}", most=most, per=per)
        else:
            clients = client_groups(request._request)
            verdict = limits.spend_client(f"api-{kind}:", clients, most=most, per=per)
        if not verdict:
            raise Refused(verdict)
        return True


def language_of(request: HttpRequest) -> str:
    """Ukrainian, unless English is asked for before it."""
    for language, weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        code = language.partition("-")[0]
        if code in ("uk", "en") and weight > 0:
            return code
    return settings.LANGUAGE_CODE


class ApiView(IdempotentPosts, APIView):
    """Base of every view of the API: it reads a Query, and speaks the caller's language."""

    http_method_names = ["get", "head", "post"]
    parser_classes = [StrictJSON]
    content_negotiation_class = OnlyJson
    throttle_classes = [Limit]
    query_class: type[Query] = Query
    #: Codes of rules and the status that each is answered with; see answer_exception.
    refusals: Mapping[str, int] = {}
    #: Method -> the scope that a program's token needs for it; see core.api.scopes.
    scopes: Mapping[str, str] = {}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = language_of(request)
        with translation.override(language):
            # Rendered here: what is translated late must be so in this language.
            response = cast(Response, super().dispatch(request, *args, **kwargs))
            response.render()
        response.headers["Content-Language"] = language
        patch_vary_headers(response, ("Accept-Language",))
        return response

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        # Before anything else: what nobody may do is not answered by "please sign in".
        if request.method not in self.allowed_methods:
            self.http_method_not_allowed(request)
        super().initial(request, *args, **kwargs)

    def query(self) -> dict[str, Any]:
        """The parameters of the address, checked. Raises BadQuery."""
        query = self.query_class(data=self.request.query_params.dict())
        if not query.is_valid():
            raise BadQuery(query.errors)
        return cast(dict[str, Any], query.validated_data)

    def page[M: Model](
        self, queryset: QuerySet[M], *, order: Iterable[str], query: Mapping[str, Any]
    ) -> paging.Page[M]:
        """The page of a list that the query asks for. Raises paging.BadCursor."""
        return paging.page_of(
            queryset,
            order=tuple(order),
            after=query.get("after"),
            size=query["size"],
            strict=True,
        )

    def listed[M: Model](self, page: paging.Page[M], results: Iterable[Any]) -> Response:
        """``results`` with the addresses of the neighbouring pages."""
        return Response(
            {
                "results": list(results),
                "next": self._url(page.next_cursor),
                "previous": self._url(page.previous_cursor),
            }
        )

    def _url(self, cursor: str) -> str | None:
        if not cursor:
            return None
        query = self.request.query_params.copy()
        query["after"] = cursor
        return f"{settings.SITE_URL}{self.request.path}?{query.urlencode()}"


def page_schema(
    name: str, item: type[serializers.Serializer[Any]]
) -> type[serializers.Serializer[Any]]:
    """The schema of what ``listed`` answers."""
    page = {
        "results": item(many=True),
        "next": serializers.URLField(allow_null=True, help_text=_("The next page.")),
        "previous": serializers.URLField(allow_null=True, help_text=_("The page before.")),
    }
    return type(name, (serializers.Serializer,), page)


def share_answers(topics: Callable[..., Iterable[str]]) -> Callable[[Any], Any]:
    """Share a view's answers as core.web.pages.shared_page does: those in Ukrainian, in its words.

    The kept page is found by its address alone, so answers in English are made each time.
    """

    def decorate(view: Any) -> Any:
        kept = shared_page(topics, signed_in=False)(view)

        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            usual = language_of(request) == settings.LANGUAGE_CODE
            return (kept if usual else view)(request, *args, **kwargs)

        return answer

    return decorate


@csrf_exempt
def not_found(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Below /api/ an address that is none is told in the API's own way."""
    with translation.override(language_of(request)):
        body = {"code": "not_found", "detail": str(NOT_FOUND), "params": {}}
        return HttpResponse(json.dumps(body), status=404, content_type="application/json")
