"""Events of the council's pages. Ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.domain.events import Event


@dataclass(frozen=True, slots=True)
class PageEvent(Event):
    audited: ClassVar[bool] = True
    page_id: int
    by_id: int
    version_id: int


@dataclass(frozen=True, slots=True)
class PageAdded(PageEvent):
    """A page was added at /about/."""


@dataclass(frozen=True, slots=True)
class PageChanged(PageEvent):
    """A page has a new version; its former version can still be read."""
