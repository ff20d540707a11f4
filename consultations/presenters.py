"""Presenters: what templates, the API, feeds and live fragments show of consultations and remarks.

Each is a frozen dataclass that holds the model and what was read or derived for showing it, so that
a value that nobody gave is a type error and no empty place on a page. They are made in
``queries.py`` from the rows of its querysets.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypedDict

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from consultations.carrying.presenters import PlaceFacts, ShownPlace
from consultations.dispositions.presenters import ShownDisposition
from consultations.models import Consultation, ConsultationPicture, Remark, State
from consultations.pictures.queries import ListedFacts
from core.web.render_cache import key_of_row
from discussions.models import Comment, Correction
from drafts.clauses.keys import anchor_of
from drafts.versions import difference

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

#: The kind of status tag that each state is shown with (components/status_tag).
STATUS = {
    State.PREPARING: "waiting",
    State.ANNOUNCED: "soon",
    State.OPEN: "open",
    State.CLOSED: "closed",
    State.REPORTED: "done",
    State.WITHDRAWN: "stop",
}


class PageFacts(TypedDict):
    """Facts read by ``queries.for_page`` beside a consultation's own columns."""

    #: The database's time.
    now: datetime
    #: Of the consultation's topic.
    seq: int
    #: Of the newest published version; None before there is one.
    text_number: int | None


class WorkFacts(PageFacts):
    """Facts read by ``desk.queries.with_work`` beside them."""

    remarks_total: int
    open_rows: int
    unreplied: int
    undecided: int


class RemarkFacts(PlaceFacts):
    """Facts read by ``queries.with_display_columns`` beside a remark's own columns."""

    #: Of the version whose clause it speaks of.
    text_number: int | None
    #: How many visible remarks are folded into it.
    repeats: int
    #: Of its consultation's report.
    reported_at: datetime | None
    #: reports.names.shown_full_name.
    full_name: str | None


class AnswerFacts(TypedDict):
    """Facts read beside the columns of an official reply."""

    department_name: str | None
    department_name_en: str | None


if TYPE_CHECKING:
    type ConsultationRow = WithAnnotations[Consultation, PageFacts]
    type WorkRow = WithAnnotations[Consultation, WorkFacts]
    type RemarkRow = WithAnnotations[Remark, RemarkFacts]
    type AnswerRow = WithAnnotations[Comment, AnswerFacts]


@dataclass(frozen=True, slots=True)
class ShownConsultation:
    """A consultation as of the moment ``now`` at which it was read."""

    consultation: Consultation
    now: datetime
    seq: int
    text_number: int | None

    @classmethod
    def of(cls, row: ConsultationRow) -> ShownConsultation:
        return ShownConsultation(row, row.now, row.seq, row.text_number)

    @property
    def pk(self) -> int:
        return self.consultation.pk

    @property
    def brief(self) -> list[str]:
        """Summary of changes, line by line, in the page's language where it was given; [] where it
        is older than the question.
        """
        row = self.consultation
        is_english = get_language() == "en" and row.brief_en
        return (row.brief_en if is_english else row.brief).splitlines()

    @property
    def state(self) -> State:
        return self.consultation.state_at(self.now)

    @property
    def state_kind(self) -> str:
        return STATUS[self.state]

    @property
    def state_label(self) -> str:
        return str(self.state.label)


def about_says(
    shown: ShownConsultation, beside: dict[str, list[Any]], *, stages: list[dict[str, Any]]
) -> tuple[Any, ...]:
    """All that its page says about dates, documents and who is responsible, which stays the same
    while people speak (``kept``)."""
    row = shown.consultation
    until = row.premoderated_until
    listed = (beside[name] for name in ("date_changes", "attachments", "links"))
    return (
        *map(key_of_row, (row, row.procedure, row.department)),
        *(tuple(map(key_of_row, rows)) for rows in listed),
        until is not None and until > shown.now,
        tuple(tuple(each.items()) for each in stages),
    )


@dataclass(frozen=True, slots=True)
class ListedConsultation(ShownConsultation):
    """A consultation in a list, with how many visible remarks it has.

    ``theme``: the slug of its first theme; ``cover``: the picture that was chosen, if any.
    """

    remarks_total: int
    theme: str
    cover: ConsultationPicture | None

    @classmethod
    def counted(cls, row: ConsultationRow, facts: ListedFacts) -> ListedConsultation:
        return ListedConsultation(
            row, row.now, row.seq, row.text_number, facts.remarks, facts.theme, facts.cover
        )


@dataclass(frozen=True, slots=True)
class DeskConsultation(ListedConsultation):
    """A consultation at the desk, with what waits there.

    ``open_rows``: rows of the disposition table that do not answer yet (conditions.is_settled);
    ``unreplied``: visible remarks without an official reply; ``undecided``: remarks that wait for
    an organisation on which the office has not decided.
    """

    open_rows: int
    unreplied: int
    undecided: int

    @property
    def replied(self) -> int:
        """Visible remarks with an official reply."""
        return max(0, self.remarks_total - self.unreplied)

    @classmethod
    def with_work(cls, row: WorkRow) -> DeskConsultation:
        return DeskConsultation(
            row,
            row.now,
            row.seq,
            row.text_number,
            row.remarks_total,
            "",
            None,
            row.open_rows,
            row.unreplied,
            row.undecided,
        )


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An official reply of the council, with its department and its former wordings."""

    answer: Comment
    department_name: str | None
    earlier: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class ShownRemark:
    """A remark with the council's visible replies to it.

    ``newest_text``: the number of the newest published version; None where a page does not say of
    which version its remarks speak.
    """

    remark: Remark
    text_number: int | None
    newest_text: int | None
    official_answers: tuple[ShownAnswer, ...]
    disposition: ShownDisposition | None
    #: Where it was carried; None where it stands where it was said.
    place: ShownPlace | None = None
    #: How many say the same in nearly the same words: they are shown and answered with it.
    repeats: int = 0
    #: The declared full name that stands with it (ADR 97); "" where the public name does.
    full_name: str = ""

    @property
    def pk(self) -> int:
        return self.remark.comment_id

    @property
    def comment(self) -> Comment:
        return self.remark.comment

    @property
    def url(self) -> str:
        return self.remark.get_absolute_url()

    @property
    def came_by(self) -> str:
        """By what way it was received, in words; "" where it was said on the site."""
        source = self.remark.Source(self.remark.source)
        return str(source.label) if source.is_offline else ""

    @property
    def said_of(self) -> int | None:
        """The number of the version it speaks of, where that is no longer the newest one."""
        is_of_newest = self.newest_text is None or self.text_number == self.newest_text
        return None if is_of_newest else self.text_number

    @property
    def clause_now(self) -> ShownPlace | None:
        """The clause of today's text to which it was carried; None where there is none."""
        return self.place if self.place and self.place.label else None

    @property
    def is_renumbered(self) -> bool:
        """Whether the clause is called otherwise today than where it was said."""
        now = self.clause_now
        return now is not None and now.label != str(self.remark.clause)

    @property
    def clause_url(self) -> str:
        """Its clause today; in the version it speaks of, where it was not carried to a later."""
        page = reverse("consultations:detail", args=[self.remark.consultation_id])
        now = self.clause_now
        key = now.key if now else self.remark.clause_key
        version = f"?version={self.said_of}" if self.said_of and not now else ""
        return f"{page}{version}#{anchor_of(key)}" if key else page

    @property
    def place_words(self) -> str:
        """Its place in plain words, as consultations/remark_place.html says it."""
        clause = self.remark.clause
        if clause is None:
            return ""
        if self.clause_now and self.is_renumbered:
            was = _("in version %(number)s – %(label)s")
            facts = {"number": self.text_number, "label": str(clause)}
            return f"{self.clause_now.label}, {was % facts}"
        if self.place and self.place.is_orphan:
            gone = _("removed in version %(number)s") % {"number": self.place.removed_in}
            return f"{clause}, {gone}"
        return str(clause)

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """Changes of a proposed wording in its clause, for components/diff; () of no wording."""
        comment, clause = self.comment, self.remark.clause
        if not comment.proposal or clause is None or not comment.is_visible:
            return ()
        return wording_parts(clause.text, comment.proposal)


@lru_cache(maxsize=2048)
def wording_parts(text: str, proposal: str) -> tuple[tuple[str, str], ...]:
    """The difference of a clause's text and a wording proposed for it, for components/diff."""
    return tuple(difference.words(text, proposal))
