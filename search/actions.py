"""Change the council's own synonyms."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from city import rules
from city.models import Change
from city.rules import Actor
from city.trace import record_change
from core.domain.actions import action, locked
from core.domain.rules import reject, require
from search.models import LONGEST_SYNONYMS, SynonymList
from search.synonyms import BadSynonyms, parse

#: The name of the list in the trace (city.models.Change).
TABLE = "synonyms"


def set_synonyms(lines: str, *, by: Actor | None) -> SynonymList:
    """Give the council other synonyms, as search/synonyms.py reads them.

    Refuses by city.rules.change, ``search.bad_synonyms`` for a line that says nothing, and
    ``search.too_many_synonyms``. Emits CityChanged, unless nothing changed.
    """
    require(rules.change(by))
    lines = "\n".join(line.rstrip() for line in lines.splitlines()).strip()
    if len(lines) > LONGEST_SYNONYMS:
        reject("search.too_many_synonyms", _("The list is too long."))
    try:
        for _is_taken_out, _pairs in parse(lines):
            pass
    except BadSynonyms as wrong:
        reject(
            "search.bad_synonyms",
            _("Line %(number)s has no two words to take for the same: “%(line)s”.")
            % {"number": wrong.number, "line": wrong.line[:100]},
        )
    with action():
        row = locked(SynonymList(pk=1))
        if row.lines == lines:
            return row
        moved = {"lines": (row.lines, lines)}
        row.lines = lines
        row.save(update_fields=["lines"])
        by_id = by.pk if by else None
        record_change(Change.Verb.CHANGED, TABLE, row.pk, "Синоніми", moved, by=by_id)
        return row
