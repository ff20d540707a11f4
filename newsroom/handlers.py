"""Handlers of the newsroom's events: invalidate pages."""

from __future__ import annotations

from core.domain import council
from core.domain.events import within
from core.domain.topics import raise_topic
from newsroom import events
from newsroom.models import topic_of

#: The topic of lists, feeds and calendars.
LISTS = "news"
#: The topic of all pages at /about/.
PAGES = "pages"


@within(
    *(events.ArticleEdited, events.ArticlePlanned, events.ArticleUnplanned),
    *(events.ArticlePublished, events.ArticleCorrected, events.ArticleWithdrawn),
    *(events.PicturesChanged, events.ArticleNamesRemoved),
)
def pages_changed(event: events.ArticleEvent) -> None:
    """Its page and the lists are others."""
    raise_topic(topic_of(event.article_id))
    raise_topic(LISTS)


@within(events.UrgentNoticeChanged)
def notices_changed(_event: events.ArticleEvent) -> None:
    """Refresh the notices above every page (newsroom/urgent.py)."""
    raise_topic(council.TOPIC)


@within(events.PageAdded, events.PageChanged)
def council_page_changed(event: events.PageEvent) -> None:
    """The pages at /about/ are others."""
    raise_topic(PAGES, event.name, event.page_id)
