"""Events of the council's pages. Ids only."""

from __future__ import annotations

from typing import ClassVar

from core.domain.events import Event


class PageEvent(Event):
    audited: ClassVar[bool] = True
    page_id: int
    by_id: int
    version_id: int


class PageAdded(PageEvent):
    """A page was added at /about/."""


class PageChanged(PageEvent):
    """A page has a new version; its former version can still be read."""
