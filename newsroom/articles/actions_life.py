"""Actions on the publication of articles: publish, plan, announce, withdraw."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from core.domain.actions import action
from core.domain.events import emit
from core.domain.rules import require
from newsroom import rules
from newsroom.articles.content import begin, note_urgent
from newsroom.conferences import rules as conferences
from newsroom.conferences.queries import hidden_words
from newsroom.events import ArticlePlanned, ArticlePublished, ArticleUnplanned, ArticleWithdrawn
from newsroom.models import Article

if TYPE_CHECKING:
    from accounts.models import User


def publish(article: Article, *, by: User, at: datetime | None = None) -> Article:
    """Publish an article now, or plan its publication ``at`` a later time.

    Refuses by rules.publish and conferences.rules.publish. Emits ArticlePublished, or
    ArticlePlanned.
    """
    with action():
        article, now = begin(article)
        require(rules.publish(by, article, at=at, now=now))
        require(conferences.publish(article.text, hidden_words(article)))
        article.publish_at = at or now
        article.is_told = at is None
        article.save(update_fields=["publish_at", "is_told"])
        event = ArticlePlanned if at else ArticlePublished
        emit(event(article.pk, by.pk))
        note_urgent(article)
        return article


def unplan(article: Article, *, by: User) -> Article:
    """Make a planned article a draft again. Refuses by rules.unplan. Emits ArticleUnplanned."""
    with action():
        article, now = begin(article)
        require(rules.unplan(by, article, now=now))
        article.publish_at = None
        article.save(update_fields=["publish_at"])
        emit(ArticleUnplanned(article.pk, by.pk))
        note_urgent(article)
        return article


def withdraw(article: Article, *, by: User, reason: str) -> Article:
    """Withdraw an article: its text, pictures and corrections are no longer shown, its page gives
    the reason. Refuses by rules.withdraw. Emits ArticleWithdrawn; an article that was not announced
    yet is not announced any more."""
    with action():
        article, now = begin(article)
        require(rules.withdraw(by, article, reason=reason, now=now))
        article.withdrawn_at, article.withdrawn_reason = now, reason.strip()
        article.is_told = True
        article.save(update_fields=["withdrawn_at", "withdrawn_reason", "is_told"])
        emit(ArticleWithdrawn(article.pk, by.pk))
        note_urgent(article)
        return article


def tell_published() -> int:
    """Announce, once each, what was planned and can be read by now; returns how many.

    A job calls it every minute. Nothing depends on it but the telling: what everybody reads is
    derived from ``publish_at``. Emits ArticlePublished for each.
    """
    told = 0
    with action():
        due = Article.objects.published().filter(is_told=False).order_by("pk")
        for article in due.select_for_update(no_key=True, of=("self",)):
            article.is_told = True
            article.save(update_fields=["is_told"])
            emit(ArticlePublished(article.pk))
            note_urgent(article)
            told += 1
    return told
