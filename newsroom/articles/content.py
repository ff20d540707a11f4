"""Content of an article, as actions take it, and writing it into its row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.db.search import document
from core.domain import clock
from core.domain.actions import locked
from core.domain.events import emit
from core.web import markup
from newsroom.events import UrgentNoticeChanged
from newsroom.models import Article, Kind

if TYPE_CHECKING:
    from city.models import District, Street, Theme
    from consultations.models import Consultation
    from meetings.models import Meeting
    from petitions.models import Petition
    from votes.models import Poll

#: Columns of what people read: after publication they are corrected, not edited.
WORDS = (
    *("title", "summary", "text", "title_en", "summary_en", "text_en"),
    *("begins_at", "ends_at", "place", "contact"),
)
#: The other columns, and the lists, that the form of an article fills.
COLUMNS = ("kind", *WORDS, "district", "urgent_until")
LISTS = ("themes", "streets", "consultations", "petitions", "polls", "meetings")
_OF_EVENTS = ("begins_at", "ends_at", "place")


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """An article's text and subjects; its fields are columns and lists of Article."""

    kind: str
    title: str
    summary: str
    text: str
    title_en: str = ""
    summary_en: str = ""
    text_en: str = ""
    begins_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    contact: str = ""
    district: District | None = None
    urgent_until: datetime | None = None
    themes: Sequence[Theme] = ()
    streets: Sequence[Street] = ()
    consultations: Sequence[Consultation] = ()
    petitions: Sequence[Petition] = ()
    polls: Sequence[Poll] = ()
    meetings: Sequence[Meeting] = ()

    def column(self, name: str) -> Any:
        """The value of a column: time and place of an event alone, the contact of a press release
        alone, else "" or None."""
        value = getattr(self, name)
        if name in _OF_EVENTS and self.kind != Kind.EVENT:
            return "" if name == "place" else None
        if name == "contact" and self.kind != Kind.RELEASE:
            return ""
        return value.strip() if isinstance(value, str) else value


def begin(article: Article) -> tuple[Article, datetime]:
    """Lock the article's row; returns it and the time after the lock was granted."""
    article = locked(article)
    return article, clock.now()


def fill(article: Article, content: Content) -> None:
    """Write what it says into the columns, with what is made of it; the row is not saved."""
    for name in COLUMNS:
        setattr(article, name, content.column(name))
    article.html = markup.html(article.text)
    article.html_en = markup.html(article.text_en)
    article.search = document(
        A=f"{article.title}\n{article.title_en}",
        B=f"{article.summary}\n{article.summary_en}",
        C=article.place,
        D=f"{markup.plain(article.text)}\n{markup.plain(article.text_en)}",
    )


def fill_lists(article: Article, content: Content) -> None:
    """Write what it is about: a statement or two for each list."""
    for name in LISTS:
        getattr(article, name).set(getattr(content, name))


def note_urgent(article: Article, was_until: datetime | None = None) -> None:
    """Emit UrgentNoticeChanged if the article is or was an urgent notice."""
    if article.urgent_until or was_until:
        emit(UrgentNoticeChanged(article.pk))
