"""The API's own manners: one form of refusals, strict input, keyset pages, limits, language.

Every answer that is not a success is ``{"code", "detail", "params"}``: ``code`` is stable and for
machines (the rules' own codes among them), ``detail`` one sentence for people, in Ukrainian, or in
English for who asks by Accept-Language (programs have no address with a language in it).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from functools import wraps
from typing import Any, NoReturn, cast

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt
from rest_framework import exceptions, serializers
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView
from rest_framework.views import exception_handler as known_errors

from core import limits, paging
from core.address import groups_of
from core.api_idempotency import IdempotentPosts
from core.pages import shared_page
from core.rules import Refused

#: The largest body, in bytes: twice the longest remark with all its letters escaped.
LARGEST_BODY = 256 * 1024
DEFAULT_SIZE, LARGEST_SIZE = 20, 100

# --- Refusals -------------------------------------------------------------------------------------

INVALID = _("Something in what was sent is not right; params.fields says what.")
NOT_FOUND = _("There is nothing here.")
MALFORMED = _("This request cannot be read.")
TOO_LARGE = _("This request is too large.")
SIGN_IN = _("Please sign in first.")


class Problem(serializers.Serializer):
    """Why a request was refused."""

    code = serializers.CharField(help_text=_("Stable, for programs."))
    detail = serializers.CharField(help_text=_("One sentence for people."))
    params = serializers.DictField(help_text=_("Facts beside the sentence: limits, dates, fields."))


class BadQuery(exceptions.ValidationError):
    """Something in the address's query is wrong: 400 (in the body it is 422)."""

    status_code = 400


class TooLarge(exceptions.APIException):
    status_code = 413
    default_code = "too_large"
    default_detail = TOO_LARGE


def problem(
    status: int,
    code: str,
    detail: Any,
    params: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """An answer that is no success."""
    body = {"code": code, "detail": str(detail), "params": dict(params or {})}
    return Response(body, status=status, headers=dict(headers or {}))


def answer_exception(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: every error that is the caller's becomes a Problem.

    A view's ``refusals`` says which status a rule's code has: 409 where the state of things
    refuses, 422 where what was said does; otherwise 403.
    """
    if isinstance(exc, Refused):
        return _refused(exc, getattr(context["view"], "refusals", {}))
    if isinstance(exc, paging.BadCursor):
        return problem(400, exc.code, exc.message)
    if isinstance(exc, exceptions.ValidationError):
        status = exc.status_code if isinstance(exc, BadQuery) else 422
        return problem(status, "invalid", INVALID, {"fields": _fields(exc.get_full_details())})
    if isinstance(exc, RequestDataTooBig):
        return problem(413, TooLarge.default_code, TOO_LARGE)
    if isinstance(
        exc, BadRequest | SuspiciousOperation | MultiPartParserError | UnreadablePostError
    ):
        return problem(400, "malformed", MALFORMED)
    if isinstance(exc, exceptions.NotAuthenticated):
        return problem(403, "account.sign_in", SIGN_IN)
    response = known_errors(exc, context)
    if response is None:
        return None
    if response.status_code == 404:
        return problem(404, "not_found", NOT_FOUND)
    detail = cast(Any, exc).detail if isinstance(exc, exceptions.APIException) else str(exc)
    code = getattr(detail, "code", "permission_denied")
    return problem(response.status_code, code, detail, headers=dict(response.items()))


def _refused(refusal: Refused, statuses: Mapping[str, int]) -> Response:
    verdict = refusal.verdict
    if verdict.code == limits.CODE:
        headers = {"Retry-After": str(verdict.params["retry_after"])}
        return problem(429, verdict.code, verdict.message, verdict.params, headers)
    status = statuses.get(verdict.code, 403)
    return problem(status, verdict.code, verdict.message, verdict.params)


def _fields(details: Any) -> dict[str, Any]:
    """DRF's tree of errors as ``{field: [{"code", "detail"}]}``, nested ones dotted."""
    flat: dict[str, list[dict[str, str]]] = {}

    def walk(place: str, found: Any) -> None:
        if isinstance(found, dict) and set(found) == {"message", "code"}:
            said = {"code": found["code"], "detail": _whole(found["message"])}
            flat.setdefault(_whole(place), []).append(said)
        elif isinstance(found, dict):
            for name, inner in found.items():
                walk(f"{place}.{name}" if place else str(name), inner)
        else:
            for inner in found:
                walk(place, inner)

    walk("", details)
    return flat


def _whole(text: Any) -> str:
    """Without the halves of letters that JSON may hold and UTF-8 may not: what was sent is told."""
    return str(text).encode(errors="replace").decode()


# --- What comes in --------------------------------------------------------------------------------


class StrictJSON(BaseParser):
    """JSON in UTF-8, of limited size and depth, without NaN."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        body = stream.read(LARGEST_BODY + 1)
        if len(body) > LARGEST_BODY:
            raise TooLarge
        try:
            return json.loads(body.decode(), parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            raise exceptions.ParseError(MALFORMED, code="malformed") from error


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


class OnlyJson(BaseContentNegotiation):
    """We speak JSON whatever is asked for, so that one address has one answer."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser | None:
        given = (request.content_type or "").partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == given), None)

    def select_renderer(
        self, request: Request, renderers: Iterable[Any], format_suffix: str | None = None
    ) -> tuple[Any, str]:
        only = next(iter(renderers))
        return only, only.media_type


class _Explicit(serializers.Serializer):
    """Takes what it names and refuses the rest: a misspelt name is told, not ignored."""

    def to_internal_value(self, data: Any) -> Any:
        values = super().to_internal_value(data)
        unknown = [name for name in data if name not in self.fields]
        if unknown:
            message = str(_("There is no such field."))
            raise serializers.ValidationError(
                {str(name)[:100]: [exceptions.ErrorDetail(message, "unknown")] for name in unknown}
            )
        return values


class Input(_Explicit):
    """A body: exactly these fields."""


class Query(_Explicit):
    """The query of an address: exactly these parameters."""


class PageQuery(Query):
    """The query of a list."""

    after = serializers.CharField(
        required=False,
        max_length=paging.LONGEST_CURSOR,
        help_text=_("Where the page begins: from `next` or `previous` of another one."),
    )
    size = serializers.IntegerField(
        default=DEFAULT_SIZE,
        min_value=1,
        max_value=LARGEST_SIZE,
        help_text=_("How many at most."),
    )


class Text(serializers.CharField):
    """A string, never a number taken for one."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Whole(serializers.IntegerField):
    """A whole number, never a string or a fraction taken for one."""

    def to_internal_value(self, data: Any) -> int:
        if type(data) is not int:
            self.fail("invalid")
        return super().to_internal_value(data)


class YesNo(serializers.BooleanField):
    """True or false, never a word or a number taken for one."""

    def to_internal_value(self, data: Any) -> bool:
        if type(data) is not bool:
            self.fail("invalid", input=data)
        return data


class Key(serializers.UUIDField):
    """A UUID as text, never a number taken for one."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid", value=data)
        return super().to_internal_value(data)


# --- Limits ---------------------------------------------------------------------------------------


class Limit(BaseThrottle):
    """So many reads, and so many writes, a minute: of a person, or of an address without one."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        kind = "read" if request.method in ("GET", "HEAD", "OPTIONS") else "write"
        user = request.user
        most, per = settings.API_LIMITS[kind], timedelta(minutes=1)
        if user.is_authenticated:
            verdict = limits.spend(f"api-{kind}:user {user.pk}", most=most, per=per)
        else:
            clients = groups_of(request._request)
            verdict = limits.spend_client(f"api-{kind}:", clients, most=most, per=per)
        if not verdict:
            raise Refused(verdict)
        return True


# --- Views ----------------------------------------------------------------------------------------


def language_of(request: HttpRequest) -> str:
    """Ukrainian, unless English is asked for before it."""
    for language, weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        code = language.partition("-")[0]
        if code in ("uk", "en") and weight > 0:
            return code
    return settings.LANGUAGE_CODE


class ApiView(IdempotentPosts, APIView):
    """What every view of the API is: it reads a Query, and speaks the caller's language."""

    http_method_names = ["get", "head", "post"]
    parser_classes = [StrictJSON]
    content_negotiation_class = OnlyJson
    throttle_classes = [Limit]
    query_class: type[Query] = Query
    #: Codes of rules and the status that each is answered with; see answer_exception.
    refusals: Mapping[str, int] = {}
    #: Method -> the scope that a program's token needs for it; see core.scopes.
    scopes: Mapping[str, str] = {}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = language_of(request)
        with translation.override(language):
            # Rendered here: what is translated late must be so in this language.
            response = cast(Response, super().dispatch(request, *args, **kwargs)).render()
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

    def page(self, queryset: Any, *, order: Iterable[str], query: Mapping[str, Any]) -> paging.Page:
        """The page of a list that the query asks for. Raises paging.BadCursor."""
        return paging.page_of(
            queryset,
            order=tuple(order),
            after=query.get("after"),
            size=query["size"],
            strict=True,
        )

    def listed(self, page: paging.Page, results: Iterable[Any]) -> Response:
        """``results`` with the addresses of the neighbouring pages."""
        return Response(
            {
                "results": list(results),
                "next": self._address(page.next_cursor),
                "previous": self._address(page.previous_cursor),
            }
        )

    def _address(self, cursor: str) -> str | None:
        if not cursor:
            return None
        query = self.request.query_params.copy()
        query["after"] = cursor
        return f"{settings.SITE_URL}{self.request.path}?{query.urlencode()}"


def page_schema(name: str, item: type[serializers.Serializer]) -> type[serializers.Serializer]:
    """The schema of what ``listed`` answers."""
    page = {
        "results": item(many=True),
        "next": serializers.URLField(allow_null=True, help_text=_("The next page.")),
        "previous": serializers.URLField(allow_null=True, help_text=_("The page before.")),
    }
    return type(name, (serializers.Serializer,), page)


def problems(*statuses: int) -> dict[int, type[Problem]]:
    """The refusals of an operation, for its schema; a wrong token (401), 429 and 503 belong to
    every one."""
    return dict.fromkeys(sorted({*statuses, 401, 429, 503}), Problem)


def shared(topics: Callable[..., Iterable[str]]) -> Callable[[Any], Any]:
    """Share a view's answers as core.pages.shared_page does: those in Ukrainian, in its words.

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
def no_such_address(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Below /api/ an address that is none is told in the API's own way."""
    with translation.override(language_of(request)):
        body = {"code": "not_found", "detail": str(NOT_FOUND), "params": {}}
        return HttpResponse(json.dumps(body), status=404, content_type="application/json")
