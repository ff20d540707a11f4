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
_HEADS = {"code": "code", "код": "code", "name": "name", "назва": "name"}
_NEEDED = {"code": "code", "name": "name"}
_MOST = 5000


@dataclass(frozen=True, slots=True)
class Imported:
    """How many lines were new, got another name, are offered again, or no more."""

    added: int
    renamed: int
    reopened: int
    closed: int


def read_categories(content: bytes) -> dict[str, str]:
    """Code -> name of a file's lines.

    Raises core.export.csv.NotATable; refuses with ``category.incomplete``, ``category.too_long``
    and ``category.twice``, naming the line.
    """
    found: dict[str, str] = {}
    for number, row in rows_of(content, _HEADS, needed=_NEEDED, most=_MOST):
        code, name = (" ".join(row.get(column, "").split()) for column in ("code", "name"))
        if not code or not name:
            reject(
                "category.incomplete", _("Line %(line)d lacks a code or a name.") % {"line": number}
            )
        if len(code) > 20 or len(name) > 300:
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
        found[code] = name
    if not found:
        reject("category.none", gettext_lazy("The file has no lines."))
    return found


def import_categories(named: dict[str, str], *, by: User | None = None) -> Imported:
    """Make the classifier what the file says: what it has no more is offered for nothing new, and
    stays named where it was used. Run again, it changes nothing.

    ``by``: None for the server's command line. Emits ClassifierChanged where something changed.
    """
    with action():
        known = {each.code: each for each in Category.objects.select_for_update().order_by("pk")}
        added = [
            Category(code=code, name=name) for code, name in named.items() if code not in known
        ]
        renamed = _named_otherwise(known.values(), named)
        reopened = [each for each in known.values() if each.code in named and each.closed_at]
        closed = [each for each in known.values() if each.code not in named and not each.closed_at]
        now = clock.now()
        for each in reopened:
            each.closed_at = None
        for each in closed:
            each.closed_at = now
        Category.objects.bulk_create(added)
        changed = {each.pk: each for each in (*renamed, *reopened, *closed)}
        Category.objects.bulk_update(changed.values(), ["name", "closed_at"])
        if added or changed:
            emit(ClassifierChanged(by.pk if by else None))
        return Imported(len(added), len(renamed), len(reopened), len(closed))


def _named_otherwise(known: Iterable[Category], named: dict[str, str]) -> list[Category]:
    """Those that get another name, with it."""
    found = [each for each in known if each.code in named and each.name != named[each.code]]
    for each in found:
        each.name = named[each.code]
    return found
