"""Handlers of events: each change of something public is in the index when it is committed."""

from __future__ import annotations

from appeals.events import AnswerPublished, AnswerUnpublished, PublicationRefused
from city.events import CityChanged
from city.models import Change
from consultations.decisions.events import DecisionChanged, DecisionEntered
from consultations.decisions.models import Decision
from consultations.events import (
    ConsultationAnnounced,
    ConsultationChanged,
    ConsultationDiscarded,
    ConsultationEvent,
    ConsultationWithdrawn,
    DatesChanged,
    RemarkChanged,
    RemarkDeleted,
    RemarkEvent,
    RemarkHidden,
    RemarkJoined,
    RemarkPosted,
    RemarkRestored,
    UrgentActPublished,
    VersionPublished,
)
from consultations.models import Remark
from consultations.register.events import RemarkEntered
from core.domain.events import within
from discussions.events import CommentsIndexedAnew
from drafts.models import Clause
from meetings.events import (
    CouncilChanged,
    MeetingCancelled,
    MeetingChanged,
    MeetingDiscarded,
    MeetingEvent,
    MeetingIndexed,
    MeetingPublished,
    QuestionAnswered,
    QuestionEvent,
    QuestionHidden,
    QuestionLeftForLater,
    QuestionMerged,
    QuestionShown,
)
from meetings.models import Deputy
from newsroom.events import (
    ArticleCorrected,
    ArticleDiscarded,
    ArticleEdited,
    ArticleEvent,
    ArticlePlanned,
    ArticlePublished,
    ArticleUnplanned,
    ArticleWithdrawn,
    PageAdded,
    PageChanged,
    PageEvent,
)
from petitions.events import (
    PetitionChanged,
    PetitionEvent,
    PetitionPublished,
)
from search.entries import is_waiting, refresh
from votes.events import (
    PollCancelled,
    PollChanged,
    PollClosedEarly,
    PollEvent,
    PollExtended,
    PollScheduled,
)

#: The tables of the council's own data of which rows can be found.
_OF_CITY = {"district": "districts", "street": "streets"}


@within(
    *(RemarkPosted, RemarkJoined, RemarkEntered, RemarkChanged),
    *(RemarkDeleted, RemarkHidden, RemarkRestored),
)
def remark_changed(event: RemarkEvent) -> None:
    refresh("remarks", (event.remark_id,))


@within(CommentsIndexedAnew)
def comments_indexed_anew(event: CommentsIndexedAnew) -> None:
    """An organisation is called otherwise, or nothing at all: its remarks are found by that."""
    said = Remark.objects.filter(comment__organisation=event.organisation_id)
    refresh("remarks", list(said.order_by("pk").values_list("pk", flat=True)))


@within(
    *(ConsultationAnnounced, ConsultationChanged, ConsultationWithdrawn, ConsultationDiscarded),
    DatesChanged,
)
def consultation_changed(event: ConsultationEvent) -> None:
    refresh("consultations", (event.consultation_id,))
    _refresh_acts(event.consultation_id)


@within(ConsultationAnnounced, VersionPublished, ConsultationWithdrawn)
def text_changed(event: ConsultationEvent) -> None:
    """Its newest published text can be found clause by clause, and no older one."""
    clauses = Clause.objects.filter(
        version__draft__consultation=event.consultation_id, version__published_at__isnull=False
    )
    refresh("clauses", list(clauses.order_by("pk").values_list("pk", flat=True)))


@within(DecisionEntered, DecisionChanged)
def decision_known(event: ConsultationEvent) -> None:
    _refresh_acts(event.consultation_id)


def _refresh_acts(consultation_id: int) -> None:
    decided = Decision.objects.filter(consultation=consultation_id)
    refresh("acts", list(decided.values_list("pk", flat=True)))


@within(UrgentActPublished)
def urgent_act_published(event: UrgentActPublished) -> None:
    refresh("urgent", (event.act_id,))


@within(PetitionPublished, PetitionChanged)
def petition_changed(event: PetitionEvent) -> None:
    refresh("petitions", (event.petition_id,))


@within(PollScheduled, PollChanged, PollCancelled, PollExtended, PollClosedEarly)
def poll_changed(event: PollEvent) -> None:
    refresh("polls", (event.poll_id,))


@within(
    *(ArticlePublished, ArticleCorrected, ArticleEdited, ArticleWithdrawn),
    *(ArticlePlanned, ArticleUnplanned, ArticleDiscarded),
)
def article_changed(event: ArticleEvent) -> None:
    refresh("news", (event.article_id,))


@within(PageAdded, PageChanged)
def page_changed(event: PageEvent) -> None:
    refresh("pages", (event.page_id,))


@within(AnswerPublished, AnswerUnpublished, PublicationRefused)
def answer_published(event: AnswerPublished | AnswerUnpublished | PublicationRefused) -> None:
    refresh("answers", (event.answer_id,))


@within(MeetingPublished, MeetingChanged, MeetingCancelled, MeetingDiscarded, MeetingIndexed)
def meeting_changed(event: MeetingEvent | MeetingIndexed) -> None:
    refresh("meetings", (event.meeting_id,))


@within(QuestionShown, QuestionAnswered, QuestionLeftForLater, QuestionHidden, QuestionMerged)
def question_changed(event: QuestionEvent) -> None:
    refresh("questions", (event.question_id,))


@within(CouncilChanged)
def council_changed(event: CouncilChanged) -> None:
    """A deputy is found by their name and by the bodies and the faction that they are in."""
    ids = (
        [event.deputy_id] if event.deputy_id else list(Deputy.objects.values_list("pk", flat=True))
    )
    refresh("deputies", ids)


@within(CityChanged)
def city_changed(event: CityChanged) -> None:
    """A list of streets comes as one action: the first of its changes enters them all."""
    if any(is_waiting(kind) for kind in _OF_CITY.values()):
        return
    rows = Change.objects.filter(pk__gte=event.change_id, table__in=_OF_CITY)
    found = rows.order_by("pk").values_list("table", "row")
    for table, kind in _OF_CITY.items():
        refresh(kind, sorted({row for name, row in found if name == table}))
