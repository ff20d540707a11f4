"""Mails about petitions: to their authors, and to those who signed them."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from core.domain import clock
from core.domain.events import within
from core.web import markup
from discussions.models import HideReason
from notifications.mails.contents import Context, mail
from notifications.sending.fanout import tell
from notifications.sending.mail import defer
from petitions.as_appeal.considered import load_considered
from petitions.events import (
    CollectionEnded,
    NewsHidden,
    NewsPosted,
    NewsRestored,
    ObjectionDecided,
    PetitionAnswered,
    PetitionEvent,
    PetitionPublished,
    PetitionRefused,
    PetitionWithdrawn,
    RemovalReversed,
    ReviewStarted,
    SignaturesRemoved,
    ThresholdReached,
)
from petitions.models import News, Objection, Petition, Removal

# --- to its author --------------------------------------------------------------------------------


@within(PetitionPublished)
def published(event: PetitionPublished) -> None:
    """Tell its author that it is open for signing, and until when."""
    _tell_author("petitions/published", event)


@within(PetitionRefused)
def refused(event: PetitionRefused) -> None:
    """Tell its author on which ground, in the words of the act, and what they can do."""
    _tell_author("petitions/refused", event)


@within(NewsHidden)
def news_hidden(event: NewsHidden) -> None:
    """Tell its author which of their news was hidden, and why."""
    defer(
        "petitions/news_hidden",
        user_id=_author_of(event.petition_id),
        about=f"news:{event.news_id}",
        petition_id=event.petition_id,
        news_id=event.news_id,
    )


@within(NewsRestored)
def news_restored(event: NewsRestored) -> None:
    """Tell its author that everybody reads it again."""
    defer(
        "petitions/news_restored",
        user_id=_author_of(event.petition_id),
        about=f"news:{event.news_id}",
        petition_id=event.petition_id,
        news_id=event.news_id,
    )


# --- to its author and to those who signed --------------------------------------------------------


@within(ThresholdReached)
def reached(event: ThresholdReached) -> None:
    """Once, also when removed signatures let it be reached a second time."""
    _tell_all("petitions/reached", event)


@within(CollectionEnded)
def ended(event: CollectionEnded) -> None:
    """Not enough signatures: as which appeal it is considered, and until when."""
    _tell_all("petitions/ended", event)


@within(ReviewStarted)
def review_started(event: ReviewStarted) -> None:
    """Tell the author about the reviewers, and the term."""
    _tell_all("petitions/review", event)


@within(PetitionAnswered)
def answered(event: PetitionAnswered) -> None:
    """The answer in its own words: the author's written copy of it (law 393/96-ВР art. 23-1)."""
    _tell_all("petitions/answered", event)


@within(PetitionWithdrawn)
def withdrawn(event: PetitionWithdrawn) -> None:
    """Tell those who signed, and why; its author knows."""
    tell(
        "listeners",
        "petitions/withdrawn",
        about=f"petition:{event.petition_id}",
        petition_id=event.petition_id,
    )


@within(NewsPosted)
def news_posted(event: NewsPosted) -> None:
    """Send the author's news to those who signed."""
    tell(
        "listeners",
        "petitions/news",
        about=f"news:{event.news_id}",
        petition_id=event.petition_id,
        news_id=event.news_id,
    )


# --- to those whose signatures are concerned ------------------------------------------------------


@within(SignaturesRemoved)
def signatures_removed(event: SignaturesRemoved) -> None:
    """Tell those who signed that theirs does not count, why, and how to object."""
    _tell_concerned("removed", "petitions/signature_removed", event)


@within(RemovalReversed)
def removal_reversed(event: RemovalReversed) -> None:
    """Tell those who were told of the removal that theirs counts again."""
    _tell_concerned("restored", "petitions/signature_restored", event)


@within(ObjectionDecided)
def objection_decided(event: ObjectionDecided) -> None:
    """Tell the person who objected what a second person has decided."""
    tell(
        "objector",
        "petitions/objection_decided",
        about=f"objection:{event.objection_id}",
        petition_id=event.petition_id,
        objection_id=event.objection_id,
    )


def _tell_author(template: str, event: PetitionEvent) -> None:
    defer(
        template,
        user_id=_author_of(event.petition_id),
        about=f"petition:{event.petition_id}",
        petition_id=event.petition_id,
    )


def _tell_all(template: str, event: PetitionEvent) -> None:
    _tell_author(template, event)
    about = f"petition:{event.petition_id}"
    tell("listeners", template, about=about, petition_id=event.petition_id)


def _tell_concerned(
    audience: str, template: str, event: SignaturesRemoved | RemovalReversed
) -> None:
    tell(
        audience,
        template,
        about=f"removal:{event.removal_id}",
        petition_id=event.petition_id,
        removal_id=event.removal_id,
    )


def _author_of(petition_id: int) -> int:
    return Petition.objects.values_list("author_id", flat=True).get(pk=petition_id)


# --- what they say --------------------------------------------------------------------------------


@mail("petitions/published")
def _published(user: User, *, petition_id: int) -> Context:
    return _of(user, petition_id, published_at__isnull=False, withdrawn_at=None)


@mail("petitions/refused")
def _refused(user: User, *, petition_id: int) -> Context:
    return _of(user, petition_id, refused_at__isnull=False)


@mail("petitions/reached")
def _reached(user: User | None, *, petition_id: int) -> Context:
    """Not told of what has lost its threshold since."""
    return _of(user, petition_id, reached_at__isnull=False)


@mail("petitions/ended")
def _ended(user: User | None, *, petition_id: int) -> Context:
    context = _of(user, petition_id, handed_over_at__isnull=False, reached_at=None)
    if context is not None:
        petition = context["petition"]
        context["considered"] = load_considered(petition, clock.now())
    return context


@mail("petitions/review")
def _review(user: User | None, *, petition_id: int) -> Context:
    return _of(user, petition_id, review_at__isnull=False)


@mail("petitions/answered")
def _answered(user: User | None, *, petition_id: int) -> Context:
    context = _of(user, petition_id, answered_at__isnull=False)
    if context is not None:
        context["steps"] = list(context["petition"].steps.all())
    return context


@mail("petitions/withdrawn")
def _withdrawn(user: User | None, *, petition_id: int) -> Context:
    return _of(user, petition_id, withdrawn_at__isnull=False)


@mail("petitions/news")
def _news(user: User | None, *, petition_id: int, news_id: int) -> Context:
    """Nothing when a moderator has hidden it meanwhile."""
    context = _of(user, petition_id, withdrawn_at=None)
    news = News.objects.filter(pk=news_id, petition=petition_id, hidden_at=None).first()
    if context is None or news is None:
        return None
    return {**context, "news": news, "words": markup.plain(news.text)}


@mail("petitions/news_hidden")
def _news_hidden(user: User, *, petition_id: int, news_id: int) -> Context:
    context = _of(user, petition_id)
    news = News.objects.filter(pk=news_id, hidden_at__isnull=False).first()
    if context is None or news is None:
        return None
    return {**context, "news": news, "reason": HideReason(news.hidden_reason).label}


@mail("petitions/news_restored")
def _news_restored(user: User, *, petition_id: int, news_id: int) -> Context:
    context = _of(user, petition_id)
    news = News.objects.filter(pk=news_id, hidden_at=None).first()
    return None if context is None or news is None else {**context, "news": news}


@mail("petitions/signature_removed")
def _signature_removed(user: User | None, *, petition_id: int, removal_id: int) -> Context:
    return _of_removal(user, petition_id, removal_id, reversed_at=None)


@mail("petitions/signature_restored")
def _signature_restored(user: User | None, *, petition_id: int, removal_id: int) -> Context:
    return _of_removal(user, petition_id, removal_id, reversed_at__isnull=False)


@mail("petitions/objection_decided")
def _objection_decided(user: User | None, *, petition_id: int, objection_id: int) -> Context:
    context = _of(user, petition_id)
    decided = Objection.objects.filter(pk=objection_id, decided_at__isnull=False)
    objection = decided.select_related("removal").first()
    return None if context is None or objection is None else {**context, "objection": objection}


def _of_removal(user: User | None, petition_id: int, removal_id: int, **holds: Any) -> Context:
    context = _of(user, petition_id)
    removal = Removal.objects.filter(pk=removal_id, petition=petition_id, **holds).first()
    return None if context is None or removal is None else {**context, "removal": removal}


def _of(user: User | None, petition_id: int, **holds: Any) -> Context:
    """The petition, if what is told still holds of it; ``is_author``: the receiver began it."""
    found = Petition.objects.select_related(
        "procedure", "department", "refused_on", "answer", "total"
    ).defer("search")
    petition = found.filter(pk=petition_id, **holds).first()
    if petition is None:
        return None
    is_author = user is not None and petition.author_id == user.pk
    return {"petition": petition, "is_author": is_author}
