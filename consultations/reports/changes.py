"""Changes in a text between two versions, and the proposals behind them. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.models import Disposition
from consultations.reports.rows import Row
from drafts.versions import difference
from drafts.versions.published import Text

_ACCEPTED = (Disposition.Kind.ACCEPTED, Disposition.Kind.PARTLY)
#: So many proposals are named beside a clause; the table of dispositions names all of them.
_MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class ChangedClause:
    """A clause that is another one now, with the proposals that led to it."""

    label: str
    before: str
    after: str
    because: str


def list_changes(first: Text, last: Text, rows: Iterable[Row]) -> list[ChangedClause]:
    """The clauses that differ, in the order of the newer text."""
    if first.version_id == last.version_id:
        return []
    because: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        facts = row.facts
        if facts["resulting_key"] and facts["disposition"] in _ACCEPTED and row.number:
            because[facts["resulting_key"]].append(f"№\u00a0{row.number}")
    found = []
    for change in difference.clauses(first.clauses, last.clauses):
        if change.status == difference.Status.UNCHANGED and not change.renumbered:
            continue
        clause = change.new or change.old
        if clause is None:
            continue
        label, before, after = str(clause), "", ""
        if change.old is not None:
            before = change.old.printed
        if change.new is not None:
            after = change.new.printed
        named = because.get(str(clause.key), [])
        is_renumbered = change.status == difference.Status.UNCHANGED and not named
        reason = _("only its number is another one") if is_renumbered else _name_proposals(named)
        found.append(ChangedClause(label, before, after, reason))
    return found


def _name_proposals(proposals: list[str]) -> str:
    if not proposals:
        return _("the authors of the draft")
    shown = ", ".join(proposals[:_MOST_NAMED])
    more = len(proposals) - _MOST_NAMED
    return _("%(shown)s and %(more)d more") % {"shown": shown, "more": more} if more > 0 else shown
