"""Field lists: which columns of a published model stand in each document, and why others do not.

Every app whose rows are published says in its ``published_fields.py``, for each of its models:

* ``published_fields(Model, evidence=…, report=…, api=…, open_data=…)`` – for each document that
  rows of it stand in ``told(columns, {reason: columns})``; a reason alone where nothing of it does;
* ``not_published(Model, …, why=…)`` – models of which no document says anything.

Evidence and report are of consultations: models of other apps name the two others. An editable
column that is in no list, and a listed one that does not exist or that the document's code never
names, fail tests/architecture/test_published_fields.py; what a document gives of the texts of the
main models is asked of the document itself (tests/endings/test_fields.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models

#: The documents, by the names of arguments of `published_fields`.
EVIDENCE, REPORT, API, OPEN_DATA = "evidence", "report", "api", "open_data"


@dataclass(frozen=True, slots=True)
class Told:
    """Columns of a model in one document.

    ``published``: column -> the word by which the document's code names it; ``left_out``: column ->
    why it does not stand there.
    """

    published: Mapping[str, str]
    left_out: Mapping[str, str]


#: Model -> document -> what it says; the reason alone of a document that says nothing of it.
field_lists: dict[type[models.Model], dict[str, Told | str]] = {}
#: Model -> why it stands in no document.
unpublished: dict[type[models.Model], str] = {}


def told(published: str, left_out: Mapping[str, str] | None = None) -> Told:
    """The columns of a document, separated by spaces; ``closes_at=last_day`` where its code names
    one otherwise. ``left_out``: reason -> columns."""
    pairs = (word.partition("=") for word in published.split())
    return Told(
        {column: word or column for column, _equals, word in pairs},
        {column: why for why, columns in (left_out or {}).items() for column in columns.split()},
    )


def published_fields(
    model: type[models.Model],
    *,
    api: Told | str,
    open_data: Told | str,
    evidence: Told | str = "",
    report: Told | str = "",
) -> None:
    """Enter the field lists of a model."""
    said = {EVIDENCE: evidence, REPORT: report, API: api, OPEN_DATA: open_data}
    field_lists[model] = {document: lists for document, lists in said.items() if lists}


def not_published(*those: type[models.Model], why: str) -> None:
    """Enter models of which no document says anything."""
    unpublished.update(dict.fromkeys(those, why))


def list_columns(model: type[models.Model]) -> set[str]:
    """The names of all columns and many-to-many relations of a model."""
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return {field.name for field in fields}


def list_editable_columns(model: type[models.Model]) -> set[str]:
    """Those that somebody fills in: every document says them or names them as left out."""
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return {field.name for field in fields if field.editable and not field.auto_created}
