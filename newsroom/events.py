"""Events of the newsroom. Ids only."""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.events import Event


@dataclass(frozen=True, slots=True)
class ArticlePublished(Event):
    """Everybody reads it from now on."""

    article_id: int


@dataclass(frozen=True, slots=True)
class ArticleCorrected(Event):
    """What everybody reads was corrected, with a trace."""

    article_id: int


@dataclass(frozen=True, slots=True)
class ArticleWithdrawn(Event):
    article_id: int
