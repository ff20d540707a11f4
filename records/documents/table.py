"""A table of documents, as councils keep their registers: read, and judged line by line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from city.models import Department, Theme
from core.export import spreadsheets
from core.export.pasted import Line, Outcome
from core.web.forms import within_reach
from records.documents import rules
from records.documents.forms import FIELDS, KINDS
from records.models import Document

if TYPE_CHECKING:
    from accounts.models import User

#: Lines that are tried within one request.
MOST = 500
#: What a column may be headed with, in lower case.
_HEADS = {
    **{name: name for name in FIELDS},
    "вид": "kind",
    "вид документа": "kind",
    "назва": "title",
    "назва документа": "title",
    "номер": "number",
    "№": "number",
    "дата створення": "made_on",
    "дата": "made_on",
    "дата надходження": "received_on",
    "джерело": "author",
    "джерело інформації": "author",
    "автор": "author",
    "розпорядник": "department",
    "підрозділ": "department",
    "носій": "carrier",
    "форма та місце зберігання": "place",
    "форма і місце зберігання": "place",
    "місце зберігання": "place",
    "галузь": "theme",
    "ключові слова": "keywords",
    "адреса": "address",
    "посилання": "address",
    "доступ": "access",
    "підстава": "ground",
    "підстава обмеження": "ground",
    "строк": "restricted_until",
    "строк обмеження": "restricted_until",
}
_DAYS = ("%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y", "%Y-%m-%dT%H:%M:%S")


@dataclass(frozen=True, slots=True)
class Judged:
    """Lines as they would come out, and the documents that would be entered."""

    lines: list[Line]
    new: list[Document]


def read_cells(content: bytes) -> list[tuple[int, dict[str, str]]]:
    """Cells by column, each line with its number. Raises core.export.csv.NotATable."""
    needed = {"title": _("name"), "made_on": _("made on")}
    return list(spreadsheets.rows_of(content, _HEADS, needed=needed, most=MOST))


class _Choices:
    """Kinds, carriers, departments … by the names or codes in cells. Two queries."""

    def __init__(self) -> None:
        self.kinds = _by_words(KINDS)
        self.carriers = _by_words(Document.Carrier.choices)
        self.access = _by_words(Document.Access.choices)
        self.departments = _by_names(Department.objects.offered())
        self.themes = _by_names(Theme.objects.offered())

    def find(self, among: Mapping[str, Any], cell: str, column: str) -> Any:
        """Raises ValidationError where nothing is called so."""
        try:
            return among[" ".join(cell.split()).casefold()]
        except KeyError:
            said = {"column": Document._meta.get_field(column).verbose_name, "cell": cell[:60]}  # type: ignore[union-attr]  # a column of its own
            raise ValidationError(_("%(column)s: there is no “%(cell)s”.") % said) from None


def _by_words(choices: Iterable[tuple[str, Any]]) -> dict[str, str]:
    return {word.casefold(): code for code, label in choices for word in (code, str(label))}


def _by_names(rows: Iterable[Any]) -> dict[str, Any]:
    return {word.casefold(): row for row in rows for word in (row.slug, row.name)}


def judge(
    cells: list[tuple[int, dict[str, str]]], *, by: User, today: date, is_neutral: bool
) -> Judged:
    """Judge each line: what the form would refuse is refused with its reason; what the register has
    already, by name, number, day and holder, stays as it is. Three queries."""
    choices = _Choices()
    lines: list[Line] = []
    rows: list[tuple[int, Document]] = []
    for number, line in cells:
        try:
            row = _row(line, choices)
            if not (may := rules.say(by, row, today=today, is_neutral=is_neutral)):
                raise ValidationError(str(may.message))
        except ValidationError as wrong:
            why = " ".join(wrong.messages)
            lines.append(Line(number, line.get("title", "")[:100], Outcome.REFUSED, why))
        else:
            rows.append((number, row))
    days = {row.made_on for _number, row in rows}
    there = Document.objects.filter(made_on__in=days).defer("search")
    seen = {_identity(row) for row in there}
    new = []
    for number, row in rows:
        is_new = _identity(row) not in seen
        seen.add(_identity(row))
        lines.append(Line(number, row.title, Outcome.ADDED if is_new else Outcome.UNCHANGED))
        if is_new:
            new.append(row)
    return Judged(sorted(lines, key=lambda line: line.number), new)


def _identity(row: Document) -> tuple[Any, ...]:
    return row.title.casefold(), row.number.casefold(), row.made_on, row.department_id


def _row(line: Mapping[str, str], choices: _Choices) -> Document:
    """The document that a line says; raises ValidationError."""
    words = {
        name: " ".join(line.get(name, "").split())
        for name in ("title", "number", "author", "place", "keywords", "address", "ground")
    }
    find = choices.find
    theme, department = line.get("theme", ""), line.get("department", "")
    row = Document(
        **words,
        kind=find(choices.kinds, line.get("kind") or "other", "kind"),
        carrier=find(choices.carriers, line.get("carrier") or "electronic", "carrier"),
        access=find(choices.access, line.get("access") or "open", "access"),
        department=find(choices.departments, department, "department"),
        theme=find(choices.themes, theme, "theme") if theme else None,
        made_on=_day(line.get("made_on", "")),
        received_on=_day_or_none(line.get("received_on", "")),
        restricted_until=_day_or_none(line.get("restricted_until", "")),
    )
    row.place = row.place or str(row.get_carrier_display())
    # Lengths and emptiness as the columns have them, without a query for the related rows.
    row.clean_fields(exclude=["department", "theme", "search", "object_id", "quantity"])
    if row.address:
        URLValidator(schemes=["http", "https"])(row.address)
    return row


def _day_or_none(cell: str) -> date | None:
    return _day(cell) if cell else None


def _day(cell: str) -> date:
    for form in _DAYS:
        try:
            found = datetime.strptime(cell, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        within_reach(found)
        return found
    raise ValidationError(_("“%(cell)s” is no day.") % {"cell": cell[:60]})
