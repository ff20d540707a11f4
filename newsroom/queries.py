"""Queries of the newsroom for pages, feeds and the API."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consultations.models import Consultation
from core.db.search import query
from core.domain.clock import Now
from core.domain.topics import seq_of_row
from meetings.models import Meeting
from newsroom.models import Article, Kind
from newsroom.presenters import ShownArticle
from newsroom.querysets import ArticleQuerySet
from petitions.models import Petition
from votes.models import Poll

LONGEST_WORDS = 200


def for_page(articles: ArticleQuerySet[Article]) -> ArticleQuerySet[Any]:
    """With what is read in the same statement: the time as ``now``, the topic's ``seq``."""
    return (
        articles.select_related("department", "district")
        .defer("search")
        .annotate(now=Now(), seq=seq_of_row("article"))
    )


def for_cards(articles: ArticleQuerySet[Article]) -> ArticleQuerySet[Any]:
    """For lists: without the texts, with the pictures (a query more)."""
    return for_page(articles).defer("search", "text", "html", "text_en", "html_en")


def show_cards(rows: list[Any]) -> list[ShownArticle]:
    """Rows of ``for_cards`` that have their pictures prefetched."""
    return [ShownArticle.of(row, list(row.pictures.all())) for row in rows]


@dataclass(frozen=True, slots=True)
class Filters:
    """Filters of a list; "" for not at all.

    ``forgiving``: also what misspelt words may mean.
    """

    words: str = ""
    kind: str = ""
    theme: str = ""
    district: str = ""
    forgiving: bool = False

    @classmethod
    def of(cls, params: QueryDict) -> Filters:
        def one(name: str) -> str:
            return " ".join(params.get(name, "").replace("\0", "").split())[:LONGEST_WORDS]

        kind = one("kind")
        return cls(
            words=one("q"),
            kind=kind if kind in Kind.values else "",
            theme=one("theme"),
            district=one("district"),
        )

    def narrow(self, articles: ArticleQuerySet[Article]) -> ArticleQuerySet[Article]:
        """Those that fit. What concerns the whole city stands in no list of a district."""
        if self.words:
            articles = articles.filter(search=query(self.words, forgiving=self.forgiving))
        if self.kind:
            articles = articles.filter(kind=self.kind)
        if self.theme:
            articles = articles.filter(themes__slug=self.theme)
        if self.district:
            articles = articles.filter(district__slug=self.district)
        return articles

    def wider(self) -> Filters | None:
        """The same words, looked for less strictly; None when there is nothing more to try."""
        return replace(self, forgiving=True) if self.words and not self.forgiving else None


@dataclass(frozen=True, slots=True)
class Related:
    """A matter that an article is about: what it is called, and where it is to be read."""

    label: str | Promise
    title: str
    url: str
    is_meeting: bool = False


#: The lists of what an article is about: how each is called, and what everybody reads of it.
_RELATED: dict[str, tuple[str | Promise, Callable[[], QuerySet[Any]]]] = {
    "consultations": (_("Consultation"), Consultation.objects.published),
    "petitions": (_("Petition"), Petition.objects.published),
    "polls": (_("Poll"), Poll.objects.published),
    "meetings": (_("Meeting"), Meeting.objects.published),
}


def related_of(article: Article) -> Iterator[Related]:
    """Public things that it is about: four queries."""
    for name, (label, published) in _RELATED.items():
        for row in published().filter(articles=article).defer("search").order_by("pk"):
            url = row.get_absolute_url()
            yield Related(label, row.title, url, is_meeting=name == "meetings")
