"""Queries of a report's pages: a fixed number at any size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from consultations.checklist.items import Stage
from consultations.checklist.queries import verdict_at
from consultations.dispositions.actions import needs_another_person
from consultations.dispositions.conditions import (
    is_considered,
    is_freed,
    is_hidden_by_moderator,
    is_missing,
)
from consultations.models import Consultation, Edition, EditionRow, EditionTerm, Remark, Report
from consultations.reports.content import Gathered
from consultations.reports.rows import UNSAID, gather_rows, remarks_of
from consultations.reports.rules import Contested, Gap, Readiness
from core.db.collation import key
from core.db.paging import Page, page_of
from core.domain import clock
from core.domain.calendar import last_date
from discussions.models import HELD, Comment
from discussions.rules import contest_until, is_contestable
from drafts.models import Version
from drafts.versions.published import Text, text_of

#: Rows of the disposition table on a page.
PAGE_SIZE = 50
#: So many rows that are not whole are named at once.
MOST_GAPS = 30


def report_of(consultation: Consultation) -> Report:
    """The working copy; an empty one where nobody has begun it."""
    found = Report.objects.select_related("changed_by").filter(pk=consultation.pk).first()
    return found or Report(consultation=consultation, **first_texts(consultation))


def first_texts(consultation: Consultation) -> dict[str, str]:
    """Initial texts of a working copy."""
    return {
        "outcome": consultation.outcome,
        "subject": f"{consultation.title}\n\n{consultation.summary}".strip(),
    }


def readiness_of(consultation: Consultation) -> Readiness:
    """Obstacles between the working copy and its publication: ten queries at most, and those of the
    checklist's facts where it asks for something before a report.
    """
    undecided = consultation.waiting_remarks.undecided().count()
    said = Comment.objects.filter(thread=consultation.thread_id, deleted_at=None)
    rows = remarks_of(consultation)
    missing = rows.filter(is_missing())
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
        contested=[*contested_of(consultation).values()],
        remarks_total=rows.count(),
        checklist=verdict_at(Stage.REPORT, consultation),
    )


def contested_of(consultation: Consultation) -> dict[int, Contested]:
    """The remarks hidden by a ground that frees the council, whose hiding is contested or may still
    be, by their keys: two queries, none where the procedure has no such ground. What has no author
    on the site nobody contests here."""
    if not consultation.procedure.unconsidered:
        return {}
    hidden = remarks_of(consultation).filter(
        is_freed(), is_hidden_by_moderator(), comment__author__isnull=False
    )
    # Of the hiding in force; a decision on a contest that stands ends its term.
    ruling = Q(comment__rulings__kind="hidden", comment__rulings__reversed_at=None)
    contest = "comment__rulings__contest"
    pending = Q(ruling, **{f"{contest}__isnull": False, f"{contest}__outcome": ""})
    running = Q(ruling, is_contestable(clock.now(), "comment__"), **{f"{contest}__isnull": True})
    found = hidden.filter(pending | running).values_list(
        "pk", "number", "comment__hidden_at", f"{contest}"
    )
    return {
        pk: Contested(pk, number, None if contest_id else last_date(contest_until(hidden_at)))
        for pk, number, hidden_at, contest_id in found.distinct()
    }


def _count_unapproved(consultation: Consultation, rows: QuerySet[Remark]) -> int:
    if not needs_another_person(consultation.department_id):
        return 0
    considered = rows.filter(is_considered(), folded_into=None)
    return considered.filter(disposition__approved_at=None).count()


def gather(consultation: Consultation, report: Report) -> Gathered:
    """All that a report is composed of."""
    first, last = texts_of(consultation)
    contested = contested_of(consultation)
    return Gathered(consultation, report, gather_rows(consultation, last, contested), first, last)


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
    #: Of what is hidden by a ground by which it is not considered: the article.
    article: str = ""
    #: Of what is hidden: the reason that everybody may read, once it is checked.
    public_reason: str = ""

    @classmethod
    def of(cls, row: EditionRow) -> ShownRow:
        remark = row.remark
        comment = remark.comment
        reason = comment.hidden_reason if comment.hidden_at else ""
        hidden = reason or ("" if row.words else row.facts["hidden"])
        unconsidered = remark.consultation.procedure.unconsidered
        found = getattr(remark, "disposition", None)
        has_said_so = found is not None and found.kind == row.facts["disposition"]
        checked = found.shown_public_reason if found is not None and has_said_so else ""
        return cls(row, hidden, unconsidered.get(hidden, ""), checked)

    @property
    def facts(self) -> Any:
        """Facts beside the words; of hidden ones the kind of the disposition and the checked reason
        alone, and where it is not considered not these either (ADR 98).
        """
        if not self.hidden:
            return self.row.facts
        said = self.row.facts | UNSAID
        if self.article or not self.row.facts["disposition"]:
            return said
        return said | {
            "disposition": self.row.facts["disposition"],
            "reason": self.public_reason,
        }

    @property
    def is_unchecked(self) -> bool:
        """The kind is told, and the reason that everybody may read is not checked yet."""
        facts = self.facts
        if not self.hidden or not facts["disposition"] or facts["folded_into"]:
            return False
        return not facts["reason"]

    @property
    def contest(self) -> str:
        """State of the contest in the edition: an ISO date until which it runs, "pending", ""."""
        return str(self.row.facts.get("contest", "")) if self.hidden else ""

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
    found = edition.rows.select_related(
        "remark__comment", "remark__consultation__procedure", "remark__disposition"
    )
    return found.only(
        *("edition", "place", "number", "name", "words", "facts"),
        "remark__consultation__procedure__unconsidered",
        *("remark__comment__hidden_at", "remark__comment__hidden_reason"),
        *(f"remark__disposition__{name}" for name in ("kind", "public_reason", "checked_at")),
    )


def names_of(edition: Edition) -> list[str]:
    """Names of participants in alphabetical order, without those whose words are hidden:
    one query.
    """
    shown = edition.rows.filter(remark__comment__hidden_at=None).exclude(name="")
    names = shown.order_by().values_list("name", flat=True).distinct()
    return sorted(names, key=key)


def waiting_since(consultation: Consultation) -> Any:
    """When the oldest remark that waits for its organisation was sent; None where none does."""
    waiting = consultation.waiting_remarks.undecided()
    return waiting.order_by("sent_at").values_list("sent_at", flat=True).first()


def edition_due_on(consultation: Consultation) -> Any:
    """By when another edition is due; None where none is, and before the first: no query."""
    if consultation.reported_at is None:
        return None
    due = EditionTerm.objects.filter(consultation=consultation, edition=None)
    return due.order_by("due_on").values_list("due_on", flat=True).first()


def declared_remarks(consultation: Consultation) -> QuerySet[Remark]:
    """Remarks whose authors declared a name and a contact."""
    found = Remark.objects.filter(consultation=consultation, declaration__isnull=False)
    return found.select_related("declaration", "comment__organisation").annotate(
        author=F("comment__author")
    )
