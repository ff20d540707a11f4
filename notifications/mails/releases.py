"""Mails to journalists of press releases, under embargo too, and of those taken back."""

from __future__ import annotations

from core.domain import clock
from core.domain.events import within
from newsroom.events import ArticlePlanned, ArticlePublished, ArticleUnplanned
from newsroom.models import Accreditation, Article, Kind, State
from newsroom.presenters import ShownArticle
from newsroom.press import tokens
from notifications.mails.contents import Context, mail
from notifications.sending.fanout import tell

RELEASE, RECALLED = "press/release", "press/release_recalled"


@within(ArticlePlanned, ArticlePublished)
def release_is_ready(event: ArticlePlanned | ArticlePublished) -> None:
    """Send a press release to those who agreed: once for each time of publication, so that a moved
    embargo is told again, and its end is not."""
    rows = Article.objects.filter(pk=event.article_id, kind=Kind.RELEASE)
    at = rows.values_list("publish_at", flat=True).first()
    if at is not None:
        about = f"article:{event.article_id}:{int(at.timestamp())}"
        tell("press_releases", RELEASE, about=about, article_id=event.article_id)


@within(ArticleUnplanned)
def release_is_recalled(event: ArticleUnplanned) -> None:
    """Tell those who got a press release that it will not be published as planned."""
    if Article.objects.filter(pk=event.article_id, kind=Kind.RELEASE).exists():
        about = f"article:{event.article_id}:{int(clock.now().timestamp())}"
        tell("press_release_told", RECALLED, about=about, article_id=event.article_id)


@mail(RELEASE)
def _release(accreditation: Accreditation, *, article_id: int) -> Context:
    """Nothing once it is a draft again or was withdrawn."""
    shown = _find(article_id)
    if shown is None or shown.state not in (State.PLANNED, State.PUBLISHED):
        return None
    return {
        "shown": shown,
        "is_embargoed": shown.state == State.PLANNED,
        "release_path": tokens.release_path(accreditation, article_id),
    }


@mail(RECALLED)
def _recalled(_accreditation: Accreditation, *, article_id: int) -> Context:
    """Nothing where it was planned anew meanwhile."""
    shown = _find(article_id)
    return None if shown is None or shown.state != State.DRAFT else {"shown": shown}


def _find(article_id: int) -> ShownArticle | None:
    article = Article.objects.filter(pk=article_id).first()
    return None if article is None else ShownArticle(article, clock.now())
