"""Handlers of events: invalidate the pages at /about/."""

from __future__ import annotations

from core.domain.events import within
from core.domain.topics import raise_topic
from newsroom.events import PageAdded, PageChanged, PageEvent

#: The topic of all pages at /about/.
TOPIC = "pages"


@within(PageAdded, PageChanged)
def page_changed(event: PageEvent) -> None:
    raise_topic(TOPIC, event.name, event.page_id)
