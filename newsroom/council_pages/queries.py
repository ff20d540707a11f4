"""Queries of the council's pages: a fixed number at any size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from core.db.paging import Page as PageOfList
from core.db.paging import page_of
from newsroom.council_pages import markup
from newsroom.council_pages.changes import changed_paragraphs
from newsroom.models import Page, PageVersion


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """A version of a page in the active language."""

    version: PageVersion

    @property
    def html(self) -> str:
        return markup.html(self.version.shown_text)

    @property
    def is_only_in_ukrainian(self) -> bool:
        """The page is English, and its text has no translation."""
        return get_language() != "uk" and not self.version.is_in_english


def all_pages() -> list[Page]:
    """Every page with what it says now, in the order of the list: one query."""
    return list(Page.objects.select_related("current").defer("search"))


def page_at(slug: str) -> Page | None:
    """The page at an address, with what it says now."""
    return Page.objects.select_related("current__by").defer("search").filter(slug=slug).first()


def versions_of(page: Page, after: str | None) -> PageOfList[PageVersion]:
    """The versions of a page, the newest first."""
    rows = page.versions.select_related("by").defer("text", "text_en")
    return page_of(rows, order=("-number",), after=after)


def version_of(page: Page, number: int) -> PageVersion | None:
    return page.versions.select_related("by").filter(number=number).first()


def changes_of(page: Page, version: PageVersion) -> dict[str, Any]:
    """Changes of a version: in the title, the text, the translation; nothing of the first one."""
    former = page.versions.filter(number=version.number - 1).first()
    if former is None:
        return {"former": None}
    columns = ("title", "text", "title_en", "text_en")
    parts = {
        name: changed_paragraphs(getattr(former, name), getattr(version, name)) for name in columns
    }
    return {"former": former, "changes": {name: found for name, found in parts.items() if found}}
