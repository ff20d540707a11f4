"""JSON Schema of a dataset's rows, its words in both languages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from portal.opendata.datasets import KINDS, Column, Dataset, Words

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(dataset: Dataset) -> dict[str, Any]:
    """A row of JSON Lines by JSON Schema; a line of CSV has the same columns in the same order.

    JSON Schema knows one language: ``title`` and ``description`` are Ukrainian, and ``x-en`` has
    both in English.
    """
    return {
        "$schema": DIALECT,
        "$id": schema_url(dataset),
        "version": str(dataset.version),
        **_describe(dataset.title, dataset.words),
        "type": "object",
        "properties": {column.name: _property(column) for column in dataset.columns},
        "required": dataset.names,
        "additionalProperties": False,
    }


def schema_url(dataset: Dataset) -> str:
    return f"{settings.SITE_URL}{reverse('data_files:schema', args=[dataset.slug])}"


def in_language(words: Words, language: str) -> str:
    with override(language):
        return str(words)


def _property(column: Column) -> dict[str, Any]:
    kind = dict[str, Any](KINDS[column.kind])
    if not column.filled:
        kind["type"] = [kind["type"], "null"]
    return kind | _describe(column.title, column.words)


def _describe(title: Words, words: Words) -> dict[str, Any]:
    """Title and description in Ukrainian, and in English; where there is nothing else to say, the
    description is the title."""
    uk, en = (
        {"title": in_language(title, code), "description": in_language(words or title, code)}
        for code in ("uk", "en")
    )
    return {**uk, "x-en": en}
