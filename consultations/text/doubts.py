"""Doubts about an imported text in the officers' words, each kind with its places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.translation import gettext as _

from drafts.models import Clause
from drafts.versions.doubts import Doubt, Kind, find_doubts

_SHOWN = 30  # places of a kind


@dataclass(slots=True)
class DoubtGroup:
    """A kind of doubts: what it is, what to do, the first places and how many more there are."""

    kind: Kind
    title: str
    advice: str
    places: list[tuple[Clause, str]] = field(default_factory=list)
    more: int = 0
    #: Ids of the parts that one press removes from the text, with spaces between.
    removable: str = ""
    removed: int = 0


def doubt_groups(
    clauses: Sequence[Clause], *, keeps_contents: bool = False, is_from_pdf: bool = False
) -> list[DoubtGroup]:
    """Return the doubts of a text, grouped by kind; the arguments are those of `find_doubts`."""
    groups = []
    found = find_doubts(clauses, keeps_contents=keeps_contents, is_from_pdf=is_from_pdf)
    for kind, of_kind in groupby(found, key=lambda doubt: doubt.kind):
        doubts = list(of_kind)
        title, advice = _words(kind)
        places = [(doubt.clause, _place(doubt)) for doubt in doubts[:_SHOWN] if doubt.clause]
        parts = [part for doubt in doubts for part in doubt.parts]
        ids = " ".join(str(part.pk) for part in parts)
        more = max(0, len(doubts) - _SHOWN)
        groups.append(DoubtGroup(kind, title, advice, places, more, ids, len(parts)))
    return groups


def _words(kind: Kind) -> tuple[str, str]:
    return {
        Kind.FROM_PDF: (
            _("From a PDF: check the text"),
            _(
                "A PDF holds lines, and no paragraphs: where one begins is a guess. Compare the "
                "text with the file, tables, lists and divided words above all."
            ),
        ),
        Kind.CONTENTS: (
            _("The text begins with a list of its contents"),
            _("Its lines stand twice then, and the clauses themselves get the odd labels."),
        ),
        Kind.NOTHING_NUMBERED: (
            _("Nothing in this text has a number"),
            _("People could speak of paragraphs alone. Is it the right file?"),
        ),
        Kind.REPEATED: (
            _("The same number stands twice"),
            _("If the document prints it so, leave it: people tell the two apart by their labels."),
        ),
        Kind.MISSING: (
            _("Numbers are left out"),
            _("A clause may stand inside another one: split it there."),
        ),
        Kind.NO_ANNEX: (
            _("An annex is mentioned and not found"),
            _("Import it with the text, or say of its first line that it is an annex."),
        ),
        Kind.TABLE_OF_TEXT: (
            _("A table looks like text"),
            _("Nobody can speak of a clause inside a table. Take the table away in the file."),
        ),
    }[kind]


def _place(doubt: Doubt) -> str:
    """Description of the doubt, after its label."""
    if doubt.kind is Kind.MISSING:
        return _("before it there is no %(number)s") % {"number": doubt.number}
    if doubt.kind is Kind.NO_ANNEX and doubt.number:
        return _("annex %(number)s") % {"number": doubt.number}
    return ""
