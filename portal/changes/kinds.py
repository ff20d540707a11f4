"""Kinds of things that the feed of changes tells of: by which events, where each is, what is public
of it now.

Of a thing that is not public the feed says that it is gone where the event itself proves that it
was public once (``taken_off``), that it is hidden where its page says so, and else nothing: a
draft, an appeal or what waits at the desk leaves no trace here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Cast, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from appeals import events as of_appeals
from appeals.models import Answer
from consultations import events as of_consultations
from consultations.acts.models import UrgentAct
from consultations.decisions import events as of_decisions
from consultations.decisions.models import Decision, DecisionChange
from consultations.models import Consultation, Remark
from consultations.register import events as of_register
from core.domain.events import Event
from discussions import events as of_discussions
from discussions.models import HELD, UNDECLARED
from meetings import events as of_meetings
from meetings.models import Deputy, Meeting
from newsroom import events as of_news
from newsroom.models import Article
from petitions import events as of_petitions
from petitions.models import Petition
from records import events as of_records
from records.models import Service
from search.sources import public_pages
from votes import events as of_votes
from votes.models import Poll


class Fate(TextChoices):
    """State of a thing that changed, as it stands now."""

    CHANGED = "changed", _("changed: read it again")
    HIDDEN = "hidden", _("hidden: its page says why, and nothing else")
    GONE = "gone", _("gone: it is not public")


#: A row of which the feed says nothing, unless the event proves that it was public.
_UNKNOWN = ""
#: Columns of each part of the union: the kind; the id in the entry; the thing's own; what else its
#: address needs; its fate.
COLUMNS = ("f_kind", "f_asked", "f_thing", "f_place", "f_fate")

type Rows = QuerySet[Any, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """``rows``: things by the ids that entries have under ``keys``; ``url``: by a thing's id and
    its place. ``taken_off``: events of things that are, or were, public."""

    keys: tuple[str, ...]
    events: tuple[type[Event], ...]
    rows: Callable[[Collection[int]], Rows]
    url: Callable[[int, str], str]
    taken_off: tuple[type[Event], ...] = ()


def _list(
    rows: QuerySet[Any],
    ids: Collection[int],
    *,
    by: str = "pk",
    place: Any = None,
    fate: Any = None,
) -> Rows:
    """Rows as a part of the union; without a ``fate`` all are public."""
    listed: Rows = (
        rows.filter(**{f"{by}__in": ids})
        .order_by()
        .annotate(
            f_asked=Cast(F(by), BigIntegerField()),
            f_thing=Cast(F("pk"), BigIntegerField()),
            f_place=Cast(place, CharField()) if place else Value("", CharField()),
            f_fate=fate or Value(Fate.CHANGED.value, CharField()),
        )
    )
    return listed


def _fate(public: Any, *others: tuple[Any, Fate]) -> Case:
    cases = [When(public, then=Value(Fate.CHANGED.value))]
    cases += [When(condition, then=Value(fate.value)) for condition, fate in others]
    return Case(*cases, default=Value(_UNKNOWN), output_field=CharField())


def _consultations(ids: Collection[int]) -> Rows:
    return _list(Consultation.objects.published(), ids)


def _remarks(ids: Collection[int]) -> Rows:
    shown = Q(comment__hidden_at=None, comment__deleted_at=None)
    hidden = Q(comment__deleted_at=None) & ~Q(comment__hidden_reason__in=(HELD, UNDECLARED))
    return _list(
        Remark.objects.filter(consultation__announced_at__lte=Now()),
        ids,
        place=F("consultation_id"),
        fate=_fate(shown, (hidden, Fate.HIDDEN)),
    )


def _acts(ids: Collection[int]) -> Rows:
    """One of a consultation; another decision in its place is no act any more."""
    was_one = DecisionChange.objects.filter(
        decision=OuterRef("pk"), former_outcome=Decision.Outcome.ADOPTED
    )
    public = Consultation.objects.published()
    return _list(
        Decision.objects.filter(consultation__in=public),
        ids,
        by="consultation_id",
        fate=_fate(Q(outcome=Decision.Outcome.ADOPTED), (Exists(was_one), Fate.GONE)),
    )


def _articles(ids: Collection[int]) -> Rows:
    withdrawn = (Q(withdrawn_at__isnull=False), Fate.HIDDEN)
    return _list(Article.objects.appeared(), ids, fate=_fate(Q(withdrawn_at=None), withdrawn))


def _page(route: str) -> Callable[[int, str], str]:
    return lambda pk, _place: reverse(route, args=[pk])


_C, _D, _M, _N, _P = of_consultations, of_discussions, of_meetings, of_news, of_petitions
_DECIDED = (of_decisions.DecisionEntered, of_decisions.DecisionChanged)
KINDS: dict[str, Kind] = {
    "consultations": Kind(
        ("consultation_id",),
        (
            *(_C.ConsultationAnnounced, _C.ConsultationChanged, _C.ConsultationPicturesChanged),
            *(_C.DatesChanged, _C.VersionPublished, _C.ConsultationWithdrawn, _C.ReportDayMoved),
            *(_C.ReportPublished, _C.EditionPublished, _C.EditionNamesRemoved),
            *(_C.ConsultationPollAttached, _C.ConsultationPollDetached),
            *(*_DECIDED, of_decisions.StepAdded, of_decisions.StepNoted),
        ),
        _consultations,
        _page("consultations:detail"),
    ),
    "remarks": Kind(
        ("remark_id", "remark_ids", "comment_id", "parent_id"),
        (
            *(of_register.RemarksNumbered, of_register.RemarkEntered, of_register.EntryCorrected),
            *(_C.RemarkJoined, _C.RemarkAnswered, _C.ReplyCorrected),
            *(_D.CommentDeleted, _D.CommentHidden, _D.CommentRestored, _D.NameTakenOff),
        ),
        _remarks,
        lambda pk, consultation: reverse("consultations:remark", args=[consultation, pk]),
        taken_off=(_D.CommentDeleted, _D.CommentHidden),
    ),
    "acts": Kind(("consultation_id",), _DECIDED, _acts, _page("acts:act")),
    "urgent": Kind(
        ("act_id",),
        (_C.UrgentActPublished,),
        lambda ids: _list(UrgentAct.objects.all(), ids),
        _page("acts:urgent_act"),
    ),
    "petitions": Kind(
        ("petition_id",),
        (
            *(_P.PetitionPublished, _P.PetitionWithdrawn, _P.PetitionChanged, _P.CollectionEnded),
            *(_P.ThresholdReached, _P.ThresholdLost, _P.ReviewStarted, _P.PutOnAgenda),
            *(_P.PetitionDecided, _P.PetitionAnswered, _P.NewsHidden, _P.NewsRestored),
            *(_P.PhotoRemoved, _P.SignaturesRemoved, _P.RemovalReversed, _P.SignaturesChecked),
            *(_P.SignaturesHeldBack, _P.AnswerPollAttached, _P.AnswerPollDetached),
        ),
        lambda ids: _list(Petition.objects.published(), ids),
        _page("petitions:detail"),
    ),
    "polls": Kind(
        ("poll_id",),
        (
            *(of_votes.PollScheduled, of_votes.PollChanged, of_votes.PollExtended),
            *(of_votes.PollClosedEarly, of_votes.ResultsPublished, of_votes.PollCancelled),
            *(of_votes.TextShown, of_votes.TextHidden),
        ),
        lambda ids: _list(Poll.objects.published(), ids),
        _page("votes:detail"),
    ),
    "meetings": Kind(
        ("meeting_id",),
        (
            *(_M.MeetingPublished, _M.MeetingChanged, _M.MeetingCancelled, _M.AgendaChanged),
            *(_M.MeetingOpened, _M.MeetingClosed, _M.MeetingReopened, _M.ItemDropped),
            *(_M.DocumentAdded, _M.DocumentRemoved, _M.RollCallPublished, _M.RollCallAnnulled),
            *(_M.VideoPublished, _M.SubtitlesImported, _M.OutcomePublished),
            *(_M.MinutesPublished, _M.MinutesNamesRemoved, _M.DecisionStopped),
            *(_M.SecondVoteOpened, _M.ConflictDeclared, _M.ConflictWithdrawn),
            *(_M.QuestionShown, _M.QuestionAnswered, _M.QuestionLeftForLater, _M.QuestionHidden),
        ),
        lambda ids: _list(Meeting.objects.published(), ids),
        _page("meetings:detail"),
    ),
    "deputies": Kind(
        ("deputy_id",),
        (_M.CouncilChanged,),
        lambda ids: _list(Deputy.objects.all(), ids),
        _page("deputies:detail"),
    ),
    "news": Kind(
        ("article_id",),
        (
            *(_N.ArticlePublished, _N.ArticleCorrected, _N.ArticleEdited, _N.ArticleWithdrawn),
            _N.ArticleNamesRemoved,
            _N.PicturesChanged,
        ),
        _articles,
        _page("newsroom:detail"),
    ),
    "answers": Kind(
        ("answer_id",),
        (of_appeals.AnswerPublished, of_appeals.AnswerUnpublished),
        lambda ids: _list(Answer.objects.all(), ids, fate=_fate(Q(published_at__isnull=False))),
        _page("appeals:answer"),
        taken_off=(of_appeals.AnswerPublished, of_appeals.AnswerUnpublished),
    ),
    "services": Kind(
        ("service_id",),
        (
            *(of_records.ServiceAdded, of_records.ServiceChanged),
            *(of_records.ServiceUseEntered, of_records.ServiceConcluded),
        ),
        lambda ids: _list(Service.objects.all(), ids),
        _page("services:detail"),
    ),
    "pages": Kind(
        ("page_id",),
        (_N.PageAdded, _N.PageChanged),
        lambda ids: _list(public_pages(), ids, place=F("slug")),
        lambda _pk, slug: reverse("pages:page", args=[slug]),
    ),
}
