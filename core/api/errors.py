"""Errors of the API: one JSON form for every answer that is not a success.

``{"code", "detail", "params"}``: ``code`` is stable and for machines (the rules' own codes among
them), ``detail`` one sentence for people, in Ukrainian, or in English for who asks by
Accept-Language (programs have no address with a language in it).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import exception_handler as known_errors

from core.db import paging
from core.domain.rules import Refused
from core.web import limits

INVALID = _("Something in what was sent is not right; params.fields says what.")
NOT_FOUND = _("There is nothing here.")
MALFORMED = _("This request cannot be read.")
TOO_LARGE = _("This request is too large.")
SIGN_IN = _("Please sign in first.")


class Problem(serializers.Serializer[Any]):
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
        return _refusal_response(exc, getattr(context["view"], "refusals", {}))
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


def _refusal_response(refusal: Refused, statuses: Mapping[str, int]) -> Response:
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


def problems(*statuses: int) -> dict[int, type[Problem]]:
    """The refusals of an operation, for its schema; a wrong token (401), 429 and 503 belong to
    every one."""
    return dict.fromkeys(sorted({*statuses, 401, 429, 503}), Problem)
