"""What the pages of a consultation read: in a fixed number of queries at any size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import CharField, F, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.http import QueryDict

from city.models import Theme
from consultations.counts import counts_of
from consultations.models import (
    Attachment,
    Consultation,
    DateChange,
    Link,
    Remark,
    RemarkCount,
)
from consultations.querysets import ConsultationQuerySet, RemarkQuerySet
from core.db.paging import Page, first_page, page_of
from core.db.statements import Asked, AskedAnyOf, Statement
from core.domain.clock import Now
from core.models import Topic
from discussions import voices
from discussions.models import Comment, Correction, Reaction
from drafts.models import Version

if TYPE_CHECKING:
    from accounts.models import Anybody, User

PAGE_SIZE = 20
#: From an answer to the name of the department for which it speaks.
DEPARTMENT_OF_ANSWER = "parent__remark__consultation__department__name"

ORDERS = {
    "newest": ("-comment_id",),
    "supported": ("-comment__score", "-comment_id"),
    "disputed": ("-comment__dispute", "-comment_id"),
    "unanswered": ("-comment_id",),
}
VOICES = ("organisation", "person")


def for_page(consultations: ConsultationQuerySet) -> ConsultationQuerySet:
    """With what is read in the same statement: the database's time as ``now``, the topic's ``seq``,
    and the newest published version's ``text_number`` (None before there is one).
    """
    topic = Concat(Value("consultation:"), Cast(OuterRef("pk"), CharField()))
    seq = Subquery(Topic.objects.filter(name=topic).values("seq"))
    return consultations.select_related("procedure", "department").annotate(
        now=Now(), seq=Coalesce(seq, 0), text_number=_newest_text("number")
    )


def to_read(pk: int, user: Anybody) -> Consultation | None:
    """The consultation with what ``for_page`` reads, if ``user`` may see it: one query."""
    if getattr(user, "grants_in_force", ()):
        return for_page(Consultation.objects.visible_to(user).filter(pk=pk)).first()
    return _TO_READ.first(pk=pk)


def beside_the_text(consultation: Consultation) -> dict[str, list[Any]]:
    """What its page shows beside the text and the remarks: a query each."""
    return {name: rows.all(pk=consultation.pk) for name, rows in _BESIDE.items()}


def _newest_text(column: str) -> Subquery:
    """A column of the newest published version of the consultation's draft."""
    newest = Version.objects.published().filter(draft=OuterRef("draft")).latest_first()
    return Subquery(newest.values(column)[:1])


def to_speak_in(pk: int, user: User) -> Consultation | None:
    """The consultation as the form of a remark needs it, if ``user`` may see it: one query.

    With the database's time as ``now``, the newest published version's id as ``text_id``, and
    whether she may speak for any organisation as ``has_voices``.
    """
    if not user.grants_in_force:
        return _TO_SPEAK_IN.first(pk=pk, user=user.pk)
    return _for_speaking(Consultation.objects.visible_to(user).filter(pk=pk), user.pk).first()


def _for_speaking(
    consultations: ConsultationQuerySet, user_id: int | Asked
) -> ConsultationQuerySet:
    return (
        consultations.select_related("procedure")
        .only(
            "procedure__participants",
            "procedure__min_age",
            "title",
            "draft",
            "thread",
            "department",
            "opens_at",
            "closes_at",
            "announced_at",
            "reported_at",
            "withdrawn_at",
        )
        .annotate(now=Now(), text_id=_newest_text("pk"), has_voices=voices.any_of(user_id))
    )


#: For everybody but staff, as _TO_SPEAK_IN below.
_TO_READ = Statement(lambda: for_page(Consultation.objects.published().filter(pk=Asked("pk"))))
_BESIDE: dict[str, Statement[Any]] = {
    "themes": Statement(lambda: Theme.objects.filter(consultation=Asked("pk"))),
    "links": Statement(lambda: Link.objects.filter(consultation=Asked("pk"))),
    "attachments": Statement(lambda: Attachment.objects.filter(consultation=Asked("pk"))),
    "date_changes": Statement(lambda: DateChange.objects.filter(consultation=Asked("pk"))),
}
#: For everybody but staff: people post in crowds. (What visible_to gives whoever holds no grant.)
_TO_SPEAK_IN = Statement(
    lambda: _for_speaking(Consultation.objects.published().filter(pk=Asked("pk")), Asked("user"))
)


@dataclass(frozen=True)
class Filters:
    """How a list of remarks is sorted and narrowed; whatever makes no sense is ignored."""

    sort: str = "newest"
    kind: str = ""
    clause: UUID | None = None
    #: "organisation", "person", or both.
    voice: str = ""
    after: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Filters:
        sort = query.get("sort", "")
        kind = query.get("kind", "")
        voice = query.get("voice", "")
        try:
            clause = UUID(query.get("clause", ""))
        except ValueError:
            clause = None
        return cls(
            sort=sort if sort in ORDERS else "newest",
            kind=kind if kind in Remark.Kind.values else "",
            clause=clause,
            voice=voice if voice in VOICES else "",
            after=query.get("after", ""),
        )

    def query(self, **changes: Any) -> str:
        """The filters as a query string with some of them changed; without ``after``."""
        values = {
            "sort": self.sort,
            "kind": self.kind,
            "clause": self.clause or "",
            "voice": self.voice,
            **changes,
        }
        params = QueryDict(mutable=True)
        for name, value in values.items():
            if value and (name, value) != ("sort", "newest"):
                params[name] = str(value)
        return params.urlencode()


def remarks_of(consultation: Consultation, filters: Filters) -> Page:
    """A page of the consultation's remarks, each ready to be drawn: two queries."""
    if filters == Filters():
        rows = _NEWEST.all(pk=consultation.pk)
        page = first_page(rows, order=ORDERS["newest"], size=PAGE_SIZE)
        add_official_answers(page.items)
        return page
    remarks = listed(consultation)
    if filters.clause:
        remarks = remarks.filter(clause_key=filters.clause)
    if filters.kind:
        remarks = remarks.filter(kind=filters.kind)
    remarks = said_by(remarks, filters.voice)
    if filters.sort == "unanswered":
        remarks = remarks.filter(comment__is_answered=False, comment__hidden_at=None)
    page = page_of(remarks, order=ORDERS[filters.sort], after=filters.after, size=PAGE_SIZE)
    add_official_answers(page.items)
    return page


def said_by(remarks: RemarkQuerySet, voice: str) -> RemarkQuerySet:
    """Those of organisations ("organisation"), those of people ("person"), or all ("")."""
    if not voice:
        return remarks
    return remarks.filter(comment__organisation__isnull=voice == "person")


def listed(consultation: Consultation) -> RemarkQuerySet:
    """Its remarks that a list shows, with what drawing one needs."""
    remarks = Remark.objects.filter(consultation=consultation.pk)
    return _drawn_in_lists(remarks.filter(comment__thread=consultation.thread_id))


def _drawn_in_lists(remarks: RemarkQuerySet) -> RemarkQuerySet:
    return drawable(remarks.listed().filter(comment__parent=None))


def drawable(remarks: RemarkQuerySet) -> RemarkQuerySet:
    """With comment, author, organisation and clause, and without the columns that no page shows.

    ``text_number``: the number of the version whose clause it speaks of.
    """
    return (
        remarks.select_related("comment__author", "comment__organisation", "clause")
        .defer(
            "comment__search",
            "comment__organisation__code_key",
            "comment__organisation__contact",
            "clause__html",
            "clause__search",
        )
        .annotate(text_number=F("clause__version__number"))
    )


def add_official_answers(remarks: Iterable[Remark]) -> None:
    """Give each remark ``official_answers``: a list of the council's visible replies, each with
    ``earlier``: what it said before it was corrected. One query, and one if any was corrected."""
    remarks = list(remarks)
    answers: dict[int, list[Comment]] = defaultdict(list)
    answered = [remark.pk for remark in remarks if remark.comment.is_answered]
    if answered:
        for answer in _OFFICIAL_ANSWERS.all(remarks=answered):
            answers[answer.parent_id].append(answer)
    _add_earlier([answer for given in answers.values() for answer in given])
    for remark in remarks:
        remark.official_answers = answers[remark.pk]


def _add_earlier(answers: Iterable[Comment]) -> None:
    by_answer: dict[int, list[Correction]] = defaultdict(list)
    if corrected := [answer.pk for answer in answers if answer.edited_at]:
        for correction in _CORRECTIONS.all(answers=corrected):
            by_answer[correction.comment_id].append(correction)
    for answer in answers:
        answer.earlier = by_answer[answer.pk]


#: What most people see first. By the consultation alone, whose index has this order: told of the
#: thread, too, PostgreSQL reads all comments of one that it has no statistics of yet, and sorts
#: them.
_NEWEST = Statement(
    lambda: _drawn_in_lists(Remark.objects.filter(consultation=Asked("pk"))).order_by(
        *ORDERS["newest"]
    )[: PAGE_SIZE + 1]
)
_OFFICIAL_ANSWERS = Statement(
    lambda: (
        Comment.objects.filter(parent=AskedAnyOf("remarks"), is_official=True)
        .public()
        .select_related("author", "standing_in_for")
        .annotate(department_name=F(DEPARTMENT_OF_ANSWER))
        .order_by("id")
    )
)


_CORRECTIONS = Statement(
    lambda: (
        Correction.objects.filter(comment=AskedAnyOf("answers"))
        .select_related("by")
        .order_by("-id")
    )
)


@dataclass(frozen=True)
class Heat:
    """Where remarks gather."""

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
    """How many visible remarks each consultation has: one query."""
    rows = RemarkCount.objects.filter(consultation__in=consultation_ids, clause_key=None)
    return dict(rows.values_list("consultation_id", "remarks"))
