"""Preview the changes of a table of rows, before anything of it is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from city.lists.description import ROW_TWICE, join_errors, put_row
from city.lists.tables import TABLES
from city.models import Change
from city.rules import Actor
from core.domain.actions import action
from core.domain.rules import Refused
from core.export.pasted import Line, Outcome


class _TakenBackError(Exception):
    """Ends the transaction of a preview."""


def preview(
    table: str, rows: Sequence[tuple[int, Mapping[str, Any]]], *, by: Actor | None
) -> list[Line]:
    """Try `description.describe` on each of ``rows``, numbered lines; store nothing.

    Every line is tried in a transaction that is taken back, so that what the desk or the database
    refuses is named for all lines at once.
    """
    put: dict[int, Any] = {}
    refused: dict[int, str] = {}
    verbs: dict[Any, str] = {}
    try:
        with action():
            last = Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            seen: set[Any] = set()
            for number, row in rows:
                try:
                    with transaction.atomic():
                        pk = put_row(table, row, by, in_words=True)
                except Refused as wrong:
                    refused[number] = str(wrong)
                except ValidationError as wrong:
                    refused[number] = join_errors(wrong, TABLES[table][0])
                else:
                    if pk in seen:
                        refused[number] = str(ROW_TWICE)
                    seen.add(pk)
                    put[number] = pk
            changes = Change.objects.filter(pk__gt=last, table=table, by=by.pk if by else None)
            verbs = dict(changes.order_by("-pk").values_list("row", "verb"))
            raise _TakenBackError
    except _TakenBackError:
        pass
    return [
        Line(number, str(row.get("name", "")), *_outcome(number, row, put, refused, verbs))
        for number, row in rows
    ]


def _outcome(
    number: int,
    row: Mapping[str, Any],
    put: Mapping[int, Any],
    refused: Mapping[int, str],
    verbs: Mapping[Any, str],
) -> tuple[Outcome, str]:
    if number in refused:
        return Outcome.REFUSED, refused[number]
    verb = verbs.get(put[number])
    if verb == Change.Verb.ADDED:
        return Outcome.ADDED, ""
    return (Outcome.CHANGED if verb or row.get("removed") else Outcome.UNCHANGED), ""
