"""Strict input of the API: JSON bodies, queries and fields that convert and ignore nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NoReturn

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, serializers
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from core.api.errors import MALFORMED, TooLarge
from core.db import paging

#: The largest body, in bytes: twice the longest remark with all its letters escaped.
LARGEST_BODY = 256 * 1024
DEFAULT_SIZE, LARGEST_SIZE = 20, 100


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


class _Explicit(serializers.Serializer[Any]):
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


class Slug(serializers.SlugField):
    """A part of an address that narrows a list, as it is: with a space about it, it is refused."""

    def __init__(self, **options: Any) -> None:
        as_it_is = {"required": False, "max_length": 50, "trim_whitespace": False}
        super().__init__(**as_it_is | options)


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


class BySlug[M: Model](serializers.SlugRelatedField[M]):
    """A row by its slug, as text; what PostgreSQL holds in no text is the slug of none."""

    def to_internal_value(self, data: Any) -> M:
        if not isinstance(data, str):
            self.fail("invalid")
        if "\0" in data:
            self.fail("does_not_exist", slug_name=self.slug_field, value=data)
        return super().to_internal_value(data)
