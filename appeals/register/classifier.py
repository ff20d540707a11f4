"""The classifier of appeals, imported from a CSV file (КМУ 858/2008)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.events import ClassifierChanged
from appeals.models import Category
from core.domain import clock
from core.domain.actions import action
from core.domain.events import emit
from core.domain.rules import reject
from core.export.csv import rows_of

if TYPE_CHECKING:
    from accounts.models import User

#: What a column may be headed with -> its name.
_HEADS = {
    "code": "code",
    "код": "code",
    "name": "name",
    "назва": "name",
    "name_en": "name_en",
    "назва англійською": "name_en",
}
_NEEDED = {"code": "code", "name": "name"}
_MOST = 5000


@dataclass(frozen=True, slots=True)
class Line:
    """A file's line for a code. ``name_en``: None where it has no such column, and what is stored
    stays; "" takes the English name away.
    """

    name: str
    name_en: str | None = None

    def is_said_of(self, category: Category) -> bool:
        """Whether the category is named so already."""
        return category.name == self.name and self.name_en in (None, category.name_en)


@dataclass(frozen=True, slots=True)
class Imported:
    """Counts of lines: new, renamed, offered again, no longer offered."""

    added: int
    renamed: int
    reopened: int
    closed: int


def read_categories(content: bytes) -> dict[str, Line]:
    """The lines of a file by their codes.

    Raises core.export.csv.NotATable; refuses with ``category.incomplete``, ``category.too_long``
    and ``category.twice``, naming the line.
    """
    found: dict[str, Line] = {}
    for number, row in rows_of(content, _HEADS, needed=_NEEDED, most=_MOST):
        cells = {column: " ".join(cell.split()) for column, cell in row.items()}
        code, name, name_en = cells.get("code", ""), cells.get("name", ""), cells.get("name_en")
        if not code or not name:
            reject(
                "category.incomplete", _("Line %(line)d lacks a code or a name.") % {"line": number}
            )
        if len(code) > 20 or len(name) > 300 or len(name_en or "") > 300:
            reject(
                "category.too_long",
                _("Line %(line)d: a code has at most 20 characters, a name 300.")
                % {"line": number},
            )
        if code in found:
            reject(
                "category.twice",
                _("Line %(line)d names the code %(code)s again.") % {"line": number, "code": code},
            )
        found[code] = Line(name, name_en)
    if not found:
        reject("category.none", gettext_lazy("The file has no lines."))
    return found


def import_categories(lines: dict[str, Line], *, by: User | None = None) -> Imported:
    """Make the classifier what the file says: what it has no more is offered for nothing new, and
    stays named where it was used. Run again, it changes nothing.

    ``by``: None for the server's command line. Emits ClassifierChanged where something changed.
    """
    with action():
        known = {each.code: each for each in Category.objects.select_for_update().order_by("pk")}
        added = [
            Category(code=code, name=line.name, name_en=line.name_en or "")
            for code, line in lines.items()
            if code not in known
        ]
        renamed = _named_otherwise(known.values(), lines)
        reopened = [each for each in known.values() if each.code in lines and each.closed_at]
        closed = [each for each in known.values() if each.code not in lines and not each.closed_at]
        now = clock.now()
        for each in reopened:
            each.closed_at = None
        for each in closed:
            each.closed_at = now
        Category.objects.bulk_create(added)
        changed = {each.pk: each for each in (*renamed, *reopened, *closed)}
        Category.objects.bulk_update(changed.values(), ["name", "name_en", "closed_at"])
        if added or changed:
            emit(ClassifierChanged(by.pk if by else None))
        return Imported(len(added), len(renamed), len(reopened), len(closed))


def _named_otherwise(known: Iterable[Category], lines: dict[str, Line]) -> list[Category]:
    """Those that get another name in either language, with it."""
    found = [each for each in known if each.code in lines and not lines[each.code].is_said_of(each)]
    for each in found:
        line = lines[each.code]
        each.name = line.name
        if line.name_en is not None:
            each.name_en = line.name_en
    return found
