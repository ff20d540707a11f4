"""Queries of a consultation's pages: a fixed number at any size."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.db.models import (
    BooleanField,
    Count,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from city.models import Street, Theme
from consultations.carrying.presenters import CURRENT_PLACE, PLACE, ShownPlace
from consultations.dispositions.conditions import public_disposition
from consultations.dispositions.presenters import ShownDisposition
from consultations.dispositions.queries import resulting_labels
from consultations.models import (
    Attachment,
    Consultation,
    ConsultationPicture,
    DateChange,
    Disposition,
    Link,
    Remark,
    RemarkCount,
)
from consultations.pictures.queries import ListedFacts, load_listed_facts
from consultations.presenters import ListedConsultation, ShownAnswer, ShownConsultation, ShownRemark
from consultations.querysets import RemarkQuerySet
from consultations.remarks.counts import counts_of
from consultations.remarks.filters import ORDERS, Filters
from consultations.remarks.replies import official_answers
from consultations.reports.names import shown_full_name
from core.db.paging import Page, first_page, page_of
from core.db.statements import Asked, IsAnyOf, Statement
from core.domain.clock import Now
from core.domain.topics import seq_of_row
from discussions.models import Comment, Reaction
from drafts.models import Version

if TYPE_CHECKING:
    from accounts.models import Anybody
    from consultations.presenters import ConsultationRow, RemarkRow

PAGE_SIZE = 20


def for_page(consultations: QuerySet[Consultation]) -> QuerySet[ConsultationRow]:
    """With what is read in the same statement: ``presenters.PageFacts``. The index of the search is
    not read: it is long, no page shows it, and kept parts are found by what was read of a row."""
    rows = consultations.select_related("procedure", "department", "district").defer("search")
    found: QuerySet[ConsultationRow] = rows.annotate(
        now=Now(), seq=seq_of_row("consultation"), text_number=newest_text("number")
    )
    return found


def to_read(pk: int, user: Anybody) -> ShownConsultation | None:
    """The consultation as its pages show it, if ``user`` may see it: one query."""
    if getattr(user, "grants_in_force", ()):
        row = for_page(Consultation.objects.visible_to(user).filter(pk=pk)).first()
    else:
        row = _TO_READ.first(pk=pk)
    return ShownConsultation.of(row) if row else None


def beside_the_text(consultation: Consultation) -> dict[str, list[Any]]:
    """Lists beside the text and the remarks on its page: a query each."""
    return {name: rows.all(pk=consultation.pk) for name, rows in _BESIDE.items()}


def newest_text(column: str) -> Subquery:
    """A column of the newest published version of the consultation's draft."""
    newest = Version.objects.published().filter(draft=OuterRef("draft")).latest_first()
    return Subquery(newest.values(column)[:1])


#: For everybody but staff, as _TO_SPEAK_IN below.
_TO_READ = Statement(lambda: for_page(Consultation.objects.published().filter(pk=Asked("pk"))))
_BESIDE: dict[str, Statement[Any]] = {
    "themes": Statement(lambda: Theme.objects.filter(consultation=Asked("pk"))),
    "streets": Statement(lambda: Street.objects.filter(consultation=Asked("pk"))),
    "links": Statement(lambda: Link.objects.filter(consultation=Asked("pk"))),
    "attachments": Statement(lambda: Attachment.objects.filter(consultation=Asked("pk"))),
    "pictures": Statement(lambda: ConsultationPicture.objects.filter(consultation=Asked("pk"))),
    "date_changes": Statement(lambda: DateChange.objects.filter(consultation=Asked("pk"))),
}


def remarks_of(shown: ShownConsultation, filters: Filters) -> Page[ShownRemark]:
    """A page of the consultation's remarks: two queries, and one if a reply was corrected."""
    if filters == Filters():
        rows = _NEWEST.all(pk=shown.pk)
        page = first_page(rows, order=ORDERS["newest"], size=PAGE_SIZE)
        return show_page(page, shown.text_number)
    remarks = remarks_in_lists(shown.consultation)
    if filters.clause:
        remarks = remarks.at_clause(filters.clause)
    if filters.kind:
        remarks = remarks.filter(kind=filters.kind)
    remarks = filter_by_voice(remarks, filters.voice)
    if filters.sort == "unanswered":
        remarks = remarks.filter(comment__is_answered=False, comment__hidden_at=None)
    page = page_of(
        with_display_columns(remarks),
        order=ORDERS[filters.sort],
        after=filters.after,
        size=PAGE_SIZE,
    )
    return show_page(page, shown.text_number)


def show_page(page: Page[RemarkRow], newest_text: int | None = None) -> Page[ShownRemark]:
    """The same page of a list, its rows from ``with_display_columns`` shown by ``show_remarks``."""
    return Page(show_remarks(page, newest_text), page.next_cursor, page.previous_cursor)


def filter_by_voice(remarks: RemarkQuerySet, voice: str) -> RemarkQuerySet:
    """Those of organisations ("organisation"), those of people ("person"), or all ("")."""
    if not voice:
        return remarks
    return remarks.filter(comment__organisation__isnull=voice == "person")


def remarks_in_lists(consultation: Consultation) -> RemarkQuerySet:
    """Its remarks that a list for people shows: repeats stand with the one that they repeat."""
    return all_remarks_of(consultation).unfolded()


def all_remarks_of(consultation: Consultation) -> RemarkQuerySet:
    """Its remarks with their repeats."""
    remarks = Remark.objects.filter(consultation=consultation.pk)
    return remarks.filter(comment__thread=consultation.thread_id, comment__parent=None).listed()


def with_display_columns(remarks: QuerySet[Remark]) -> QuerySet[RemarkRow]:
    """With comment, author, organisation, clause and disposition, without the columns that no page
    shows, and with ``presenters.RemarkFacts``.
    """
    rows = (
        remarks.alias(place=CURRENT_PLACE)
        .select_related("comment__author", "comment__organisation", "clause", "disposition")
        .defer(
            "comment__search",
            "comment__organisation__code_key",
            "comment__organisation__contact",
            "clause__html",
            "clause__search",
        )
        .annotate(
            text_number=F("clause__version__number"),
            reported_at=F("consultation__reported_at"),
            repeats=_number_of_repeats(),
            full_name=shown_full_name(),
            **PLACE,
        )
    )
    return cast("QuerySet[RemarkRow]", rows)


def _number_of_repeats() -> Coalesce:
    """Number of visible remarks folded into it."""
    folded = (
        Remark.objects.filter(
            folded_into=OuterRef("pk"), comment__hidden_at=None, comment__deleted_at=None
        )
        .order_by()
        .values("folded_into")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return Coalesce(Subquery(folded), 0)


def show_remarks(rows: Iterable[RemarkRow], newest_text: int | None = None) -> list[ShownRemark]:
    """Remarks from ``with_display_columns`` with the council's replies: one query, one if a reply
    was corrected, one if a remark is folded, and one if a remark led to a clause.
    ``newest_text`` as in ``ShownRemark``.
    """
    remarks = list(rows)
    answers = official_answers(remarks)
    public = _public_dispositions(remarks)
    labels = resulting_labels(public.values())
    return [
        _show(row, newest_text, answers.get(row.pk, ()), public.get(row.pk), labels)
        for row in remarks
    ]


def show_remark(row: RemarkRow, newest_text: int | None) -> ShownRemark:
    """One of them."""
    return show_remarks([row], newest_text)[0]


def show_new(made: Remark, consultation: Consultation, newest_text: int | None) -> ShownRemark:
    """A remark as its action returned it: nobody can have answered or carried it yet. No query, but
    one for the full name where that stands with it."""
    number = made.clause.version.number if made.clause is not None else None
    is_named = consultation.names_with_proposals and made.comment.organisation_id is None
    declaration = getattr(made, "declaration", None) if is_named else None
    name = declaration.full_name if declaration is not None else ""
    return ShownRemark(made, number, newest_text, (), None, full_name=name)


def show_unanswered(row: RemarkRow) -> ShownRemark:
    """A remark that nobody can have answered yet: no query."""
    return _show(row, None, (), None, {})


def _show(
    row: RemarkRow,
    newest_text: int | None,
    answers: tuple[ShownAnswer, ...],
    disposition: Disposition | None,
    labels: dict[UUID, str],
) -> ShownRemark:
    shown = ShownDisposition.of(row, disposition, labels) if disposition is not None else None
    place = ShownPlace.of(row)
    full_name = (row.full_name or "") if row.comment.is_visible else ""
    return ShownRemark(
        row, row.text_number, newest_text, answers, shown, place, row.repeats, full_name
    )


def _public_dispositions(rows: Collection[RemarkRow]) -> dict[int, Disposition]:
    """Public dispositions by remark: no query, or one where a remark is folded, which is answered
    as its head is.
    """
    heads = {row.folded_into_id for row in rows if row.folded_into_id}
    of_heads: dict[int | None, Disposition] = {}
    if heads:
        found = Disposition.objects.filter(pk__in=heads).select_related("remark")
        of_heads = {each.pk: each for each in found}
    answers = {}
    for row in rows:
        own = getattr(row, "disposition", None)
        answer = of_heads.get(row.folded_into_id) if row.folded_into_id else own
        if public := public_disposition(row, answer, row.reported_at):
            answers[row.pk] = public
    return answers


#: What most people see first. By the consultation alone, whose index has this order, and each
#: remark's comment by its key: joined, PostgreSQL reads the comments from the newest of the whole
#: city on until it comes to those of this consultation, or all of its thread, and sorts them.
def _newest() -> QuerySet[RemarkRow]:
    itself = Remark.objects.filter(pk=OuterRef("pk"), comment__parent=None).listed()
    is_listed = Subquery(itself.values_list(Value(True)), output_field=BooleanField())
    own = Remark.objects.filter(is_listed, consultation=Asked("pk"))
    newest = own.unfolded().order_by(*ORDERS["newest"])[: PAGE_SIZE + 1]
    return with_display_columns(Remark.objects.filter(IsAnyOf("pk", newest))).order_by(
        *ORDERS["newest"]
    )


_NEWEST = Statement(_newest)


@dataclass(frozen=True)
class Heat:
    """Clauses with the most remarks."""

    total: int
    by_key: dict[UUID, int]

    @classmethod
    def of(cls, consultation: Consultation) -> Heat:
        return cls(*counts_of(consultation.pk))

    @property
    def most(self) -> int:
        return max(self.by_key.values(), default=0)


def mine(consultation: Consultation, user: Any, now: Any) -> dict[str, Any]:
    """The person's own remarks here (and whether they may still be edited) and reactions."""
    own = Comment.objects.filter(thread=consultation.thread_id, author=user, deleted_at=None)
    reactions = Reaction.objects.filter(comment__thread=consultation.thread_id, user=user)
    return {
        "own": {
            comment.pk: comment.may_still_be_edited(now)
            for comment in own.only("created_at").order_by("-pk")[:500]
        },
        "reactions": dict(reactions.values_list("comment_id", "value")),
    }


def totals_of(consultation_ids: list[int]) -> dict[int, int]:
    """Number of visible remarks of each consultation: one query."""
    rows = RemarkCount.objects.filter(consultation__in=consultation_ids, clause_key=None)
    return dict(rows.values_list("consultation_id", "remarks"))


def show_counted(rows: Iterable[ConsultationRow]) -> list[ListedConsultation]:
    """Consultations from ``for_page`` with how many remarks each has: one query."""
    found = list(rows)
    totals = totals_of([row.pk for row in found])
    return [ListedConsultation.counted(row, ListedFacts(totals.get(row.pk, 0))) for row in found]


def show_cards(rows: Iterable[ConsultationRow]) -> list[ListedConsultation]:
    """The same with theme and cover, for pages with cards: one query."""
    found = list(rows)
    facts = load_listed_facts([row.pk for row in found])
    return [ListedConsultation.counted(row, facts[row.pk]) for row in found]
