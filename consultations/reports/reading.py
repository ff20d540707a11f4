"""Queries of a report's pages: a fixed number at any size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from consultations.checklist.items import Stage
from consultations.checklist.reading import verdict_at
from consultations.dispositions.actions import needs_another_person
from consultations.dispositions.conditions import is_whole
from consultations.models import Consultation, Edition, EditionRow, Remark, Report
from consultations.reports.content import Gathered
from consultations.reports.rows import UNSAID, gather_rows, remarks_of
from consultations.reports.rules import Gap, Readiness
from core.db.collation import key
from core.db.paging import Page, page_of
from discussions.models import HELD, Comment
from drafts.models import Version
from drafts.published import Text, text_of

#: Rows of the disposition table on a page.
PAGE_SIZE = 50
#: So many rows that are not whole are named at once.
MOST_GAPS = 30


def report_of(consultation: Consultation) -> Report:
    """The working copy; an empty one where nobody has begun it."""
    found = Report.objects.select_related("changed_by").filter(pk=consultation.pk).first()
    return found or Report(consultation=consultation, **first_texts(consultation))


def first_texts(consultation: Consultation) -> dict[str, str]:
    """What a working copy begins with."""
    return {
        "outcome": consultation.outcome,
        "subject": f"{consultation.title}\n\n{consultation.summary}".strip(),
    }


def readiness_of(consultation: Consultation) -> Readiness:
    """What stands between the working copy and its publication: eight queries at most, and
    those of the checklist's facts where it asks for something before a report."""
    undecided = consultation.waiting_remarks.undecided().count()
    said = Comment.objects.filter(thread=consultation.thread_id, deleted_at=None)
    rows = remarks_of(consultation)
    missing = rows.filter(_is_missing())
    gaps = list(
        missing.values_list("pk", "number", "disposition__kind", "folded_into__disposition__kind")[
            : MOST_GAPS + 1
        ]
    )
    total = missing.count() if len(gaps) > MOST_GAPS else len(gaps)
    return Readiness(
        undecided=undecided,
        held=said.filter(hidden_reason=HELD).count(),
        gaps=[Gap(pk, number, bool(own or head)) for pk, number, own, head in gaps[:MOST_GAPS]],
        gaps_total=total,
        unapproved=_count_unapproved(consultation, rows),
        unnumbered=rows.filter(number=None).count(),
        remarks_total=rows.count(),
        checklist=verdict_at(Stage.REPORT, consultation),
    )


def _is_missing() -> Q:
    """Rows that cannot stand in a report: shown, and neither decided nor folded into a row that
    is."""
    own = Q(folded_into=None) & ~is_whole()
    gone = Q(folded_into__comment__hidden_at__isnull=False) | Q(
        folded_into__comment__deleted_at__isnull=False
    )
    folded = gone & ~is_whole("folded_into__disposition")
    return Q(comment__hidden_at=None) & (own | folded)


def _count_unapproved(consultation: Consultation, rows: QuerySet[Remark]) -> int:
    if not needs_another_person(consultation.department_id):
        return 0
    visible = rows.filter(comment__hidden_at=None, folded_into=None)
    return visible.filter(disposition__approved_at=None).count()


def gather(consultation: Consultation, report: Report) -> Gathered:
    """All that a report is composed of."""
    first, last = texts_of(consultation)
    return Gathered(consultation, report, gather_rows(consultation, last), first, last)


def texts_of(consultation: Consultation) -> tuple[Text | None, Text | None]:
    """The versions that were announced first and published last; None where there is no text."""
    if consultation.draft_id is None:
        return None, None
    versions = Version.objects.published().filter(draft=consultation.draft_id)
    numbers = list(versions.order_by("number").values_list("pk", flat=True))
    return (text_of(numbers[0]), text_of(numbers[-1])) if numbers else (None, None)


def editions_of(consultation: Consultation) -> list[Edition]:
    """Its editions, the newest first, without what they say."""
    found = Edition.objects.filter(consultation=consultation).select_related("by")
    return list(found.defer("content"))


def edition_to_read(consultation: Consultation, number: str = "") -> Edition | None:
    """The edition of this number, else the newest; None where there is no such."""
    found = Edition.objects.filter(consultation=consultation).select_related("by")
    if number:
        if not (number.isascii() and number.isdecimal() and len(number) < 5):
            return None
        found = found.filter(number=int(number))
    return found.first()


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of an edition as everybody may read it now."""

    row: EditionRow
    #: Why its words are not shown: hidden when it was published, or since.
    hidden: str

    @classmethod
    def of(cls, row: EditionRow) -> ShownRow:
        comment = row.remark.comment
        reason = comment.hidden_reason if comment.hidden_at else ""
        return cls(row, reason or ("" if row.words else row.facts["hidden"]))

    @property
    def facts(self) -> Any:
        """What it says beside; of what is hidden since no disposition either (ADR 62)."""
        return self.row.facts | UNSAID if self.hidden else self.row.facts

    @property
    def words(self) -> str:
        return "" if self.hidden else self.row.words

    @property
    def hidden_label(self) -> str:
        return str(dict(Comment._meta.get_field("hidden_reason").flatchoices).get(self.hidden, ""))


def rows_page(edition: Edition, after: str) -> Page[ShownRow]:
    """A page of its table: one query."""
    page = page_of(_rows(edition), order=("place",), after=after, size=PAGE_SIZE)
    return Page([ShownRow.of(row) for row in page], page.next_cursor, page.previous_cursor)


def rows_of(edition: Edition) -> Iterator[ShownRow]:
    """All rows of its table, some hundreds in memory at once."""
    for row in _rows(edition).order_by("place").iterator(chunk_size=500):
        yield ShownRow.of(row)


def _rows(edition: Edition) -> QuerySet[EditionRow]:
    found = edition.rows.select_related("remark__comment")
    return found.only(
        *("edition", "place", "number", "name", "words", "facts", "remark__consultation"),
        *("remark__comment__hidden_at", "remark__comment__hidden_reason"),
    )


def names_of(edition: Edition) -> list[str]:
    """Who took part, in alphabetical order, without those whose words are hidden: one query."""
    shown = edition.rows.filter(remark__comment__hidden_at=None).exclude(name="")
    names = shown.order_by().values_list("name", flat=True).distinct()
    return sorted(names, key=key)


def waiting_since(consultation: Consultation) -> Any:
    """When the oldest remark that waits for its organisation was sent; None where none does."""
    waiting = consultation.waiting_remarks.undecided()
    return waiting.order_by("sent_at").values_list("sent_at", flat=True).first()


def declared(consultation: Consultation) -> QuerySet[Remark]:
    """Remarks whose authors declared a name and a contact."""
    found = Remark.objects.filter(consultation=consultation, declaration__isnull=False)
    return found.select_related("declaration", "comment__organisation").annotate(
        author=F("comment__author")
    )
