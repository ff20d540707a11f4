"""Search text of a page of the council."""

from __future__ import annotations

from core.db.search import document
from newsroom.council_pages import markup


def words_of(title: str, text: str, title_en: str, text_en: str) -> str:
    """The words of a page in both languages, for ``Page.search``."""
    return document(A=f"{title}\n{title_en}", D=f"{markup.plain(text)}\n{markup.plain(text_en)}")
