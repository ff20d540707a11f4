"""Events of the newsroom, with ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.domain.events import Event


@dataclass(frozen=True, slots=True)
class ArticleEvent(Event):
    """Base of events of an article; ``by_id`` is None when a job emits it."""

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
    """An article was deleted before its publication."""


@dataclass(frozen=True, slots=True)
class ArticlePlanned(ArticleEvent):
    """It will be published at a time ahead."""


@dataclass(frozen=True, slots=True)
class ArticleUnplanned(ArticleEvent):
    """The planned publication was cancelled: the article is a draft again."""


@dataclass(frozen=True, slots=True)
class ArticlePublished(ArticleEvent):
    """An article was published, at once or at its planned time. Once for each article."""


@dataclass(frozen=True, slots=True)
class ArticleCorrected(ArticleEvent):
    """The text of a published article was changed; the former text stays on its page."""


@dataclass(frozen=True, slots=True)
class ArticleWithdrawn(ArticleEvent):
    """An article was withdrawn; its page gives the reason."""


@dataclass(frozen=True, slots=True)
class PicturesChanged(ArticleEvent):
    """A picture was added, described anew or removed."""


@dataclass(frozen=True, slots=True)
class UrgentNoticeChanged(ArticleEvent):
    """The urgent notices above every page changed, now or for a later time. The event of the action
    itself is audited beside it."""

    audited: ClassVar[bool] = False
