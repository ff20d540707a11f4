"""Queries of the desk of news."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from accounts.models import User
from core.db.paging import Page, page_of
from newsroom import queries
from newsroom.models import Article
from newsroom.presenters import ShownArticle
from newsroom.querysets import ArticleQuerySet

type _Rows = ArticleQuerySet[Article]
#: The lists by their names in addresses, and the order of each.
LISTS: dict[str, tuple[Callable[[_Rows], _Rows], tuple[str, ...]]] = {
    "": (ArticleQuerySet.drafts, ("-pk",)),
    "planned": (ArticleQuerySet.planned, ("publish_at", "pk")),
    "published": (ArticleQuerySet.published, ("-publish_at", "-pk")),
    "withdrawn": (ArticleQuerySet.withdrawn, ("-withdrawn_at", "-pk")),
}


def articles_of(user: User, name: str, *, after: str | None) -> Page[ShownArticle]:
    """One of LISTS of what the person writes: one query."""
    narrow, order = LISTS[name]
    rows = queries.for_cards(narrow(Article.objects.edited_by(user)))
    page = page_of(rows, order=order, after=after)
    shown = [ShownArticle.of(row) for row in page]
    return Page(shown, page.next_cursor, page.previous_cursor)


def detail_of(article: Article) -> dict[str, Any]:
    """Its pictures and corrections: two queries."""
    return {"pictures": list(article.pictures.all()), "corrections": article.corrections.count()}
