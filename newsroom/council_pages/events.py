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
    """There is another page at /about/."""


@dataclass(frozen=True, slots=True)
class PageChanged(PageEvent):
    """A page says something else; its former version stays to be read."""
