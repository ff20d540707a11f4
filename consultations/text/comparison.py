"""The comparison table of two versions of a draft («порівняльна таблиця»), as a document.

Clause of the former version – clause of the new one – note; words taken out and put in are marked.
Its page, DOCX and PDF are drawn of it (docs/adr/0048).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.dispositions.conditions import answer, is_answered, is_taken
from consultations.models import Consultation, Remark
from core.export.document import Column, Document, Mark, Paragraph, Run, Table
from drafts.models import Clause, Version
from drafts.versions.difference import Change, Op, Segment, Status

#: Numbers of remarks that a note names; the others are counted.
_MOST_NUMBERS = 12


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two published versions of a consultation's draft, and what differs."""

    consultation: Consultation
    old: Version
    new: Version
    changes: Sequence[Change]
    #: Numbers of the remarks that each clause takes into account, as published.
    remarks: dict[UUID, list[int]]

    def document(self) -> Document:
        """The table in the active language; the texts are as the council wrote them."""
        numbers = {"old": self.old.number, "new": self.new.number}
        columns = [
            Column(_("Version %(old)s") % numbers, 5),
            Column(_("Version %(new)s") % numbers, 5),
            Column(_("Note"), 2),
        ]
        caption = _("Comparison of version %(old)s with version %(new)s") % numbers
        return Document(
            title=_("Comparison table: %(title)s") % {"title": self.consultation.title},
            blocks=[
                Paragraph(
                    [
                        Run(_("Deleted words are struck through:")),
                        Run(" "),
                        Run(_("former words"), Mark.DELETED),
                        Run(". "),
                        Run(_("Inserted words are underlined:")),
                        Run(" "),
                        Run(_("new words"), Mark.INSERTED),
                        Run("."),
                    ]
                ),
                Table(caption, columns, [self._row(change) for change in self.changes])
                if self.changes
                else Paragraph(_("The versions are the same.")),
            ],
            made_at=self.new.published_at,
            is_landscape=True,
        )

    def _row(self, change: Change) -> tuple[list[Run], list[Run], str]:
        segments = change.segments() if change.status == Status.CHANGED else []
        return (
            _side(change.old, change.new, segments, Mark.DELETED),
            _side(change.new, change.old, segments, Mark.INSERTED),
            self._note(change),
        )

    def _note(self, change: Change) -> str:
        notes = [str(_note_of(change))]
        if change.old and change.new and change.old.label != change.new.label and change.old.label:
            notes.append(_("was %(label)s") % {"label": change.old.label})
        clause = change.new or change.old
        if clause and (numbers := self.remarks.get(clause.key)):
            notes.append(_remarks_note(numbers))
        return capfirst("; ".join(notes))


def shown_changes(changes: Iterable[Change], *, only_changes: bool) -> list[Change]:
    """All clauses, or those whose words, place or printed number changed."""
    return [
        change
        for change in changes
        if not only_changes or change.status != Status.UNCHANGED or change.renumbered
    ]


def remarks_taken_in(consultation: Consultation) -> dict[UUID, list[int]]:
    """Numbers of the remarks whose published disposition names a clause: one query."""
    found: defaultdict[UUID, list[int]] = defaultdict(list)
    taken = (
        Remark.objects.filter(
            is_answered(is_taken), consultation=consultation, number__isnull=False
        )
        .order_by("number")
        .values_list(answer("resulting_key"), "number")
    )
    for key, number in taken:
        if key and number:
            found[key].append(number)
    return dict(found)


def _side(
    clause: Clause | None, other: Clause | None, segments: Sequence[Segment], mark: Mark
) -> list[Run]:
    """A clause as it stands in its column, what the other column has not being marked."""
    if clause is None:
        return [Run("–")]
    is_alone = other is None
    runs = []
    if clause.marker:
        is_marked = is_alone or (other is not None and other.marker != clause.marker)
        runs = [Run(clause.marker, mark if is_marked else Mark.PLAIN), Run(" ")]
    if not segments:
        return [*runs, Run(clause.text, mark if is_alone else Mark.PLAIN)]
    own = Op.DELETE if mark == Mark.DELETED else Op.INSERT
    return runs + [
        Run(text, mark if op == own else Mark.PLAIN)
        for op, text in segments
        if op in (Op.EQUAL, own)
    ]


def _note_of(change: Change) -> str:
    return {
        Status.UNCHANGED: _("the same words"),
        Status.CHANGED: _("reworded"),
        Status.MOVED: _("moved, with the same words"),
        Status.ADDED: _("added"),
        Status.REMOVED: _("taken out"),
    }[change.status]


def _remarks_note(numbers: list[int]) -> str:
    named = ", ".join(str(number) for number in numbers[:_MOST_NUMBERS])
    if len(numbers) > _MOST_NUMBERS:
        named += "…"
    return ngettext(
        "remark No. %(numbers)s is taken into account",
        "remarks No. %(numbers)s are taken into account",
        len(numbers),
    ) % {"numbers": named}
