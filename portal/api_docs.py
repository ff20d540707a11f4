"""The API's documents: OpenAPI 3 for programs, and the same as a page for people."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from appeals.filing.api import serializers as appeals
from appeals.publishing.api import serializers as answers
from consultations.acts import api as acts
from consultations.api import followed
from consultations.api import serializers as consultations
from core.api.views import language_of
from core.web.pages import shared_page
from meetings.api import serializers as meetings
from meetings.api import special
from meetings.paper_ballots import api as paper_ballots
from organisations import api as organisations
from petitions.api import serializers as petitions
from portal import api_me
from portal.changes import api as changes
from records.documents import api as documents
from votes.api import serializers as votes

_ROOT = "/api/v1/"
#: What the areas of the API are called, by the first part of their path.
_AREAS: dict[str, str | Promise] = {
    "acts": _("Register of acts"),
    "answers": _("Published answers"),
    "appeals": _("Appeals"),
    "changes": _("Changes"),
    "consultations": _("Consultations"),
    "me": _("My account"),
    "meetings": _("Meetings"),
    "news": _("News"),
    "organisations": _("Organisations"),
    "petitions": _("Petitions"),
    "polls": _("Polls"),
}
_METHODS = ("get", "post", "put", "patch", "delete")
_DESCRIPTIONS = {
    **acts.DESCRIPTIONS,
    **appeals.DESCRIPTIONS,
    **answers.DESCRIPTIONS,
    **changes.DESCRIPTIONS,
    **consultations.DESCRIPTIONS,
    **followed.DESCRIPTIONS,
    **documents.DESCRIPTIONS,
    **meetings.DESCRIPTIONS,
    **paper_ballots.DESCRIPTIONS,
    **special.DESCRIPTIONS,
    **organisations.DESCRIPTIONS,
    **petitions.DESCRIPTIONS,
    **votes.DESCRIPTIONS,
    **api_me.DESCRIPTIONS,
}


def _never() -> list[str]:
    """The documents change with the code alone."""
    return []


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document, its descriptions in the caller's language. Anybody."""
    language = language_of(request)
    body = json.dumps(document(language), ensure_ascii=False)
    response = HttpResponse(body, content_type="application/vnd.oai.openapi+json; charset=utf-8")
    response.headers["Content-Language"] = language
    response.headers["Vary"] = "Accept-Language"
    return response


@require_safe
@shared_page(_never)
def reference(request: HttpRequest) -> HttpResponse:
    """The same document as a page. Anybody."""
    shown = document(get_language() or settings.LANGUAGE_CODE)
    context = {
        "info": shown["info"],
        "areas": _areas(_operations(shown)),
        "components": _components(shown),
        "limits": settings.API_LIMITS,
    }
    return render(request, "portal/api_docs.html", context)


@lru_cache(maxsize=4)
def document(language: str) -> dict[str, Any]:
    """OpenAPI 3 as plain data (read only), with descriptions in ``language``."""
    with translation.override(language):
        made = SchemaGenerator().get_schema(request=None, public=True)
        document: dict[str, Any] = json.loads(json.dumps(made, default=str))
        return document


def complete_schemas(result: dict[str, Any], **about: Any) -> dict[str, Any]:
    """A hook of drf-spectacular: bodies have no other fields than those named; words on schemas."""
    for name, each in result["components"]["schemas"].items():
        if name.endswith("In"):
            each["additionalProperties"] = False
        if name in _DESCRIPTIONS:
            each["description"] = str(_DESCRIPTIONS[name])
    return result


def _operations(shown: dict[str, Any]) -> list[dict[str, Any]]:
    """Operations of the page: one dictionary each, its references already looked up."""
    return [
        {
            "id": operation["operationId"],
            "method": method.upper(),
            "path": path,
            "summary": operation.get("summary", ""),
            "description": operation.get("description", ""),
            "parameters": [
                _field(each["name"], each, shown) for each in _order_parameters(operation)
            ],
            "body": _name(operation.get("requestBody", {})),
            "responses": [
                {"status": status, "schema": _name(answer), "text": answer.get("description", "")}
                for status, answer in operation["responses"].items()
            ],
        }
        for path, operations in shown["paths"].items()
        for method, operation in operations.items()
        if method in _METHODS
    ]


def _areas(operations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The operations by the first part of their path: what each area is called, and its own."""
    found: dict[str, list[dict[str, Any]]] = {}
    for operation in operations:
        found.setdefault(operation["path"].removeprefix(_ROOT).split("/")[0], []).append(operation)
    return [{"label": _AREAS.get(name, name), "operations": those} for name, those in found.items()]


def _order_parameters(operation: dict[str, Any]) -> list[dict[str, Any]]:
    """Parameters of the path before those of the query."""
    return sorted(operation.get("parameters", []), key=lambda each: each["in"] != "path")


def _components(shown: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "description": each.get("description", ""),
            "fields": [
                _field(
                    field, {"schema": kind, "required": field in each.get("required", [])}, shown
                )
                for field, kind in each["properties"].items()
            ],
        }
        for name, each in shown["components"]["schemas"].items()
        if "properties" in each
    ]


def _field(name: str, each: dict[str, Any], shown: dict[str, Any]) -> dict[str, Any]:
    """A parameter or a property as the page tells it."""
    kind = deepcopy(each["schema"])
    inner = kind.get("items", kind)
    for part in (
        *inner.get("allOf", ()),
        *inner.get("oneOf", ()),
        *([inner] if "$ref" in inner else []),
    ):
        target = _target(part)
        found = shown["components"]["schemas"].get(target, {})
        kind.setdefault("enum", found.get("enum", []))
        kind["ref"] = target if "properties" in found else ""
        kind["nullable"] = kind.get("nullable") or target == "NullEnum"
        if "type" not in kind:
            kind["type"] = found.get("type", "")
    return {
        "name": name,
        "in": each.get("in", ""),
        "required": each.get("required", False),
        "type": kind.get("type", ""),
        "format": kind.get("format", ""),
        "ref": kind.get("ref", ""),
        "values": [value for value in kind.get("enum", []) if value],
        "nullable": kind.get("nullable", False),
        "default": kind.get("default"),
        "text": each.get("description") or kind.get("description", ""),
    }


def _target(part: dict[str, Any]) -> str:
    return str(part.get("$ref", "")).rpartition("/")[2]


def _name(answer: dict[str, Any]) -> str:
    """The component that a body or an answer is."""
    content = answer.get("content", {}).get("application/json", {})
    return _target(content.get("schema", {}))
