"""Events of the newsroom."""

from __future__ import annotations

from dataclasses import dataclass

from core.domain.events import Event


@dataclass(frozen=True, slots=True)
class ArticlePublished(Event):
    """Everybody reads it from now on."""

    article_id: int
