"""Events of the newsroom, with ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.domain.events import Event


@dataclass(frozen=True, slots=True)
class ArticleEvent(Event):
    """Something happened to an article; ``by_id`` is None when a job found it."""

    audited: ClassVar[bool] = True

    article_id: int
    by_id: int | None = None


@dataclass(frozen=True, slots=True)
class ArticleDrafted(ArticleEvent):
    """Somebody began to write it."""


@dataclass(frozen=True, slots=True)
class ArticleEdited(ArticleEvent):
    """It was changed before publication, or after it without other words: its themes, its place
    in the city, until when it is urgent."""


@dataclass(frozen=True, slots=True)
class ArticleDiscarded(ArticleEvent):
    """It was thrown away before anybody could read it."""


@dataclass(frozen=True, slots=True)
class ArticlePlanned(ArticleEvent):
    """It will be published at a time ahead."""


@dataclass(frozen=True, slots=True)
class ArticleUnplanned(ArticleEvent):
    """It will not: it is a draft again."""


@dataclass(frozen=True, slots=True)
class ArticlePublished(ArticleEvent):
    """Everybody can read it: at once, or since the time that was planned. Once of each."""


@dataclass(frozen=True, slots=True)
class ArticleCorrected(ArticleEvent):
    """Its words were changed after publication; the former ones stay on its page."""


@dataclass(frozen=True, slots=True)
class ArticleWithdrawn(ArticleEvent):
    """It is no longer to be read; its page says why."""


@dataclass(frozen=True, slots=True)
class PicturesChanged(ArticleEvent):
    """A picture was added, described anew or removed."""


@dataclass(frozen=True, slots=True)
class UrgentNoticeChanged(ArticleEvent):
    """What is shown, or will be, above every page became another thing. The event of what was done
    is audited beside it."""

    audited: ClassVar[bool] = False
