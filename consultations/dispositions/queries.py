"""Queries of the disposition table: a fixed number of them at any size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.models import User
from consultations.carrying.presenters import CURRENT_PLACE, PLACE, ShownPlace
from consultations.dispositions import conditions
from consultations.dispositions.conditions import answer, is_answered, is_empty
from consultations.dispositions.models import Assignment, Disposition, SavedText
from consultations.dispositions.models_bulk import TAKE_BACK_FOR, BulkChange
from consultations.models import Consultation, Edition, Remark
from consultations.reports.names import NamedRemark, shown_full_name
from core.db.paging import Page, page_of
from core.domain.council import local_name
from discussions.models import Comment
from drafts.models import Clause, Version
from drafts.versions.published import Text, text_of

if TYPE_CHECKING:
    from consultations.querysets import RemarkQuerySet

PAGE_SIZE = 20
#: So many changes of many rows are offered to be taken back.
_MOST_CHANGES = 3
#: In the order of receipt, as the numbers are.
ORDER = ("comment_id",)

_APPROVED = Q(disposition__approved_at__isnull=False)
#: The states of a row by which the table is filtered.
STATES = {
    "empty": is_empty(),
    "unexplained": conditions.is_unexplained(),
    "decided": conditions.is_enough() & ~_APPROVED,
    "approved": _APPROVED,
    #: Words that are hidden and considered, without a reason that everybody may read.
    "unchecked": conditions.is_unchecked(),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: a remark, what is decided on it, and who has it.

    ``folded``: remarks with nearly the same words, which are answered with it.
    """

    remark: Remark
    disposition: Disposition | None
    assignment: Assignment | None
    folded: tuple[Remark, ...]
    #: What its clause is called today, and what it was called where it was said.
    clause_label: str
    said_of_label: str
    #: The number of the first version that lacks its clause; None where it is not known.
    removed_in: int | None
    #: What the clause to which it led is called in the newest text.
    resulting_label: str

    @property
    def pk(self) -> int:
        return self.remark.comment_id

    @property
    def number(self) -> int | None:
        return self.remark.number

    @property
    def author(self) -> str:
        """The person or organisation as published."""
        return self.full_name or self.remark.comment.voice

    @property
    def full_name(self) -> str:
        """The declared full name that stands with it (ADR 97); "" where the public name does."""
        return NamedRemark(self.remark).full_name

    @property
    def named(self) -> list[NamedRemark]:
        """Remarks folded into it, each with the name that stands with it."""
        return [NamedRemark(each) for each in self.folded]

    @property
    def is_removed(self) -> bool:
        """Whether the clause that it speaks of is no longer in the text."""
        return self.remark.clause_key is not None and not self.clause_label

    @property
    def kind(self) -> str:
        return self.disposition.kind if self.disposition else ""

    @property
    def reason(self) -> str:
        return self.disposition.reason if self.disposition else ""

    @property
    def state(self) -> str:
        """A key of ``STATES``."""
        row = self.disposition
        if row is None or not row.kind:
            return "empty"
        if not conditions.is_enough_for(self.remark, row):
            return "unexplained"
        return "approved" if row.approved_at else "decided"


def rows_of(consultation: Consultation) -> RemarkQuerySet:
    """The remarks that have a row: not deleted, not folded into another.

    The deleted ones are found by an index and left out: joined with all comments of a consultation,
    a page of few rows and the counts of all would take ten times as long.
    """
    remarks = Remark.objects.filter(consultation=consultation.pk, folded_into=None)
    deleted = Comment.objects.filter(thread=consultation.thread_id, deleted_at__isnull=False)
    return remarks.exclude(pk__in=deleted.order_by().values("pk"))


def table(
    consultation: Consultation,
    *,
    rows: QuerySet[Remark] | None = None,
    after: str | None = None,
    size: int = PAGE_SIZE,
) -> Page[Row]:
    """A page of the table: four queries. ``rows``: a part of ``rows_of``; None: all of it."""
    chosen = rows_of(consultation) if rows is None else rows
    page = drawable_page(chosen, after=after, size=size)
    return Page(show_rows(page, newest_text(consultation)), page.next_cursor, page.previous_cursor)


def drawable_page(rows: QuerySet[Remark], *, after: str | None, size: int) -> Page[Remark]:
    """A page of rows with all that is shown: two queries.

    Which they are is asked first: PostgreSQL joins all that is shown before it takes a page of it.
    """
    page: Page[Remark] = page_of(rows.only("pk"), order=ORDER, after=after, size=size)
    found = with_display_columns(Remark.objects.filter(pk__in=[remark.pk for remark in page]))
    return Page(list(found.order_by(*ORDER)), page.next_cursor, page.previous_cursor)


def with_display_columns(remarks: QuerySet[Remark]) -> QuerySet[Remark]:
    """With all that a row shows, and ``carrying.presenters.PlaceFacts``."""
    return (
        with_current_place(remarks)
        .annotate(**PLACE)
        .select_related(
            "comment__author",
            "comment__organisation",
            "clause",
            "disposition__by",
            "disposition__approved_by",
            "disposition__checked_by",
            "assignment__person",
            "assignment__department",
        )
        .annotate(full_name=shown_full_name())
        .defer(
            "comment__search",
            "comment__organisation__code_key",
            "comment__organisation__contact",
            "clause__html",
            "clause__search",
        )
    )


def with_current_place[Rows: QuerySet[Remark]](remarks: Rows) -> Rows:
    """With the alias ``place``: where each stands in the newest text to which it was carried."""
    return remarks.alias(place=CURRENT_PLACE)


def about_removed_clauses(remarks: RemarkQuerySet, text: Text | None) -> RemarkQuerySet:
    """Those whose clause is no longer in the text."""
    known = list(text.by_key) if text else []
    lost = Q(place=None, clause_key__isnull=False) & ~Q(clause_key__in=known)
    return with_current_place(remarks).filter(Q(place__method="orphan") | lost)


def show_rows(remarks: Iterable[Remark], text: Text | None) -> list[Row]:
    """Rows of remarks from ``with_display_columns``: one query, for what is folded into them."""
    found = list(remarks)
    folded = _folded_into([remark.pk for remark in found])
    return [_show(remark, folded.get(remark.pk, ()), text) for remark in found]


def newest_text(consultation: Consultation) -> Text | None:
    """The newest published text; one query, and more where this process has not read it yet."""
    if consultation.draft_id is None:
        return None
    versions = Version.objects.published().filter(draft=consultation.draft_id)
    version_id = versions.latest_first().values_list("pk", flat=True).first()
    return text_of(version_id) if version_id else None


def _folded_into(ids: Collection[int]) -> dict[int | None, tuple[Remark, ...]]:
    by_remark: defaultdict[int | None, list[Remark]] = defaultdict(list)
    folded = Remark.objects.filter(folded_into__in=ids, comment__deleted_at=None)
    folded = folded.annotate(full_name=shown_full_name())
    for remark in folded.select_related("comment__author", "comment__organisation").order_by("pk"):
        by_remark[remark.folded_into_id].append(remark)
    return {pk: tuple(remarks) for pk, remarks in by_remark.items()}


def _show(remark: Remark, folded: tuple[Remark, ...], text: Text | None) -> Row:
    disposition = getattr(remark, "disposition", None)
    place = ShownPlace.of(remark)
    return Row(
        remark,
        disposition,
        getattr(remark, "assignment", None),
        folded,
        place.label if place else label_of(remark.clause_key, text),
        str(remark.clause) if remark.clause else "",
        place.removed_in if place else None,
        label_of(disposition.resulting_key if disposition else None, text),
    )


def label_of(key: UUID | None, text: Text | None) -> str:
    """Label of the clause in the text; "" where it is not in it."""
    clause = text.by_key.get(key) if text and key else None
    return str(clause) if clause else ""


def counts_by_kind(consultation: Consultation) -> dict[str, int]:
    """Count remarks by public disposition: one query.

    What was folded counts, too: it was answered.
    """
    remarks = Remark.objects.filter(
        is_answered(conditions.is_kind_public),
        consultation=consultation.pk,
        comment__parent=None,
    )
    answered = remarks.annotate(answered=answer("kind")).exclude(answered=None).order_by()
    counts = answered.values("answered").annotate(number=Count("pk"))
    return {row["answered"]: row["number"] for row in counts}


def public_rows(consultation: Consultation) -> RemarkQuerySet:
    """The remarks whose disposition everybody may read (of hidden ones that are considered its kind
    and checked reason), and once the report is published, which has a row for each, all hidden
    ones: of the others nothing but that they are hidden, and why."""
    hidden = Q(comment__hidden_at__isnull=False, consultation__reported_at__isnull=False)
    public = conditions.is_kind_public() | hidden
    return rows_of(consultation).filter(public, consultation__announced_at__isnull=False)


def with_kind(rows: RemarkQuerySet, kind: str) -> RemarkQuerySet:
    """Those of ``public_rows`` that have this disposition."""
    return rows.filter(conditions.is_kind_public(), disposition__kind=kind)


def counts_by_state(rows: QuerySet[Remark]) -> dict[str, int]:
    """Count rows by state: one query."""
    counts: dict[str, int] = rows.aggregate(
        all=Count("pk"), **{name: Count("pk", filter=where) for name, where in STATES.items()}
    )
    return counts


def counts_by_clause(rows: RemarkQuerySet) -> dict[UUID, int]:
    """Count rows by the clause under which they are listed: one query."""
    listed = rows.order_by().annotate(listed_at=Coalesce("moved_key", "clause_key"))
    counted = listed.exclude(listed_at=None).values("listed_at").annotate(number=Count("pk"))
    return dict(counted.values_list("listed_at", "number"))


def assigned_to(user: User) -> Q:
    """The rows that a person was given, alone or as an officer of a department."""
    return Q(assignment__person=user.pk) | Q(
        assignment__department__in=user.speaking_department_ids
    )


def changes_to_take_back(
    consultation: Consultation, user: User, *, keeps_record: bool, now: datetime
) -> list[BulkChange]:
    """The newest changes of many rows that the person may take back now: one query, and none that
    an edition of the report has followed. Who does not keep the record sees their own."""
    reported = Edition.objects.filter(consultation=OuterRef("consultation"), at__gte=OuterRef("at"))
    found = BulkChange.objects.filter(
        ~Exists(reported),
        consultation=consultation.pk,
        taken_back_at=None,
        at__gte=now - TAKE_BACK_FOR,
    )
    if not keeps_record:
        found = found.filter(by=user.pk)
    return list(found.select_related("by").order_by("-at", "-pk")[:_MOST_CHANGES])


def saved_texts(department_id: int, use: str) -> list[SavedText]:
    """Texts that the department has saved for this use: one query."""
    return list(SavedText.objects.filter(department=department_id, use=use)[:100])


def resulting_labels(dispositions: Iterable[Disposition]) -> dict[UUID, str]:
    """Labels of the clauses to which remarks led, in the newest text that has them, by their key:
    one query, and none where there are none.
    """
    keys = {row.resulting_key for row in dispositions if row.resulting_key}
    if not keys:
        return {}
    clauses = Clause.objects.filter(key__in=keys, version__published_at__isnull=False)
    found = clauses.only("key", "label", "kind").order_by("version__number")
    return {clause.key: str(clause) for clause in found}


def departments_given(consultation: Consultation) -> list[tuple[int, str]]:
    """The departments to which rows of the table were given: one query."""
    given = Assignment.objects.filter(
        remark__consultation=consultation.pk, department__isnull=False
    )
    rows = given.order_by("department").values_list(
        "department", "department__name", "department__name_en"
    )
    return [(pk, local_name(name, name_en)) for pk, name, name_en in rows.distinct()]
