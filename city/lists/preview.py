"""Preview the changes of a table of rows, before anything of it is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from city.lists.description import ROW_TWICE, join_errors, put_row
from city.models import Change
from city.rules import Actor
from core.domain.actions import action
from core.domain.rules import Refused


class Fate(TextChoices):
    """The fate of a line of the table."""

    ADDED = "added", _("added")
    CHANGED = "changed", _("changed")
    UNCHANGED = "unchanged", _("unchanged")
    REFUSED = "refused", _("refused")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its number in the table and its name; ``why`` says why it is refused."""

    number: int
    name: str
    fate: Fate
    why: str = ""


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
                        pk = put_row(table, row, by)
                except Refused as wrong:
                    refused[number] = str(wrong)
                except ValidationError as wrong:
                    refused[number] = join_errors(wrong)
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
        Line(number, str(row.get("name", "")), *_fate(number, row, put, refused, verbs))
        for number, row in rows
    ]


def _fate(
    number: int,
    row: Mapping[str, Any],
    put: Mapping[int, Any],
    refused: Mapping[int, str],
    verbs: Mapping[Any, str],
) -> tuple[Fate, str]:
    if number in refused:
        return Fate.REFUSED, refused[number]
    verb = verbs.get(put[number])
    if verb == Change.Verb.ADDED:
        return Fate.ADDED, ""
    return (Fate.CHANGED if verb or row.get("removed") else Fate.UNCHANGED), ""
