"""Events of the newsroom, with ids only."""

from __future__ import annotations

from typing import ClassVar

from core.domain.events import Event


class ArticleEvent(Event):
    """Base of events of an article; ``by_id`` is None when a job emits it."""

    audited: ClassVar[bool] = True

    article_id: int
    by_id: int | None = None


class ArticleDrafted(ArticleEvent):
    """Somebody began to write it."""


class ArticleEdited(ArticleEvent):
    """It was changed before publication, or after it without other words: its themes, its place
    in the city, until when it is urgent."""


class ArticleDiscarded(ArticleEvent):
    """An article was deleted before its publication."""


class ArticlePlanned(ArticleEvent):
    """It will be published at a time ahead."""


class ArticleUnplanned(ArticleEvent):
    """The planned publication was cancelled: the article is a draft again."""


class ArticlePublished(ArticleEvent):
    """An article was published, at once or at its planned time. Once for each article."""


class ArticleCorrected(ArticleEvent):
    """The text of a published article was changed; the former text stays on its page."""


class ArticleWithdrawn(ArticleEvent):
    """An article was withdrawn; its page gives the reason."""


class ArticleNamesRemoved(ArticleEvent):
    """The name of somebody who asked at a press conference was removed after the erasure of an
    account."""


class PicturesChanged(ArticleEvent):
    """A picture was added, described anew or removed."""


class UrgentNoticeChanged(ArticleEvent):
    """The urgent notices above every page changed, now or for a later time. The event of the action
    itself is audited beside it."""

    audited: ClassVar[bool] = False


class PageEvent(Event):
    audited: ClassVar[bool] = True
    page_id: int
    by_id: int
    version_id: int


class PageAdded(PageEvent):
    """A page was added at /about/."""


class PageChanged(PageEvent):
    """A page has a new version; its former version can still be read."""
