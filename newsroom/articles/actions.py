"""Actions on the text of articles: draft, edit, correct, discard."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from city.models import Department
from core.domain import clock
from core.domain.actions import action
from core.domain.events import emit
from core.domain.rules import require
from core.kept_pictures.files import drop_files
from core.web.idempotency import created
from newsroom import rules
from newsroom.articles.content import WORDS, Content, begin, fill, fill_lists, note_urgent
from newsroom.events import ArticleCorrected, ArticleDiscarded, ArticleDrafted, ArticleEdited
from newsroom.models import Article, ArticleCorrection, State

if TYPE_CHECKING:
    from accounts.models import User


def draft(*, by: User, department: Department, content: Content) -> Article:
    """Create a draft; nobody outside the department reads it yet. Refuses by rules.draft. Emits
    ArticleDrafted."""
    with action():
        require(rules.draft(by, department.pk, content, now=clock.now()))
        article = Article(department=department)
        fill(article, content)
        article.save(force_insert=True)
        fill_lists(article, content)
        created(article)
        emit(ArticleDrafted(article.pk, by.pk))
        return article


def edit(article: Article, *, by: User, content: Content, reason: str = "") -> Article:
    """Change an article. Where everybody has read other words they stay beside it with the reason.

    A translation that is added corrects nothing. Refuses by rules.edit. Emits ArticleCorrected, or
    ArticleEdited where no published words became others.
    """
    with action():
        article, now = begin(article)
        is_public = article.state_at(now) == State.PUBLISHED
        former = _former(article, content) if is_public else {}
        require(rules.edit(by, article, content, changed=former, reason=reason, now=now))
        was_urgent = article.urgent_until
        fill(article, content)
        article.save()
        fill_lists(article, content)
        if former:
            ArticleCorrection.objects.create(
                article=article, at=now, reason=reason.strip(), former=former
            )
            emit(ArticleCorrected(article.pk, by.pk))
        else:
            emit(ArticleEdited(article.pk, by.pk))
        if article.publish_at:
            note_urgent(article, was_urgent)
        return article


def _former(article: Article, content: Content) -> dict[str, str]:
    """The words that people could read, by column, where they become others."""
    changes = {name: getattr(article, name) for name in WORDS}
    return {
        name: _to_written(value)
        for name, value in changes.items()
        if value != content.column(name) and not (name.endswith("_en") and not value)
    }


def _to_written(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return value or ""


def discard(article: Article, *, by: User) -> None:
    """Delete an unpublished article with its pictures. Refuses by rules.discard. Emits
    ArticleDiscarded."""
    with action():
        article, now = begin(article)
        require(rules.discard(by, article, now=now))
        pk = article.pk
        if article.publish_at:
            note_urgent(article)
        drop_files(article.pictures.all())
        article.delete()
        emit(ArticleDiscarded(pk, by.pk))
