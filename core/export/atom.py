"""Atom feeds: make a view's response of entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language

from core.domain.council import local_council

#: Entries of a feed.
MOST_NEWS = 50
#: What no XML may hold, and a text pasted from elsewhere does: one would stop the feed for all.
_NOT_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened.

    ``path``: the page of what it happened to; ``what``: «petition/12/answered», unique for ever;
    ``since``: when that thing was published, part of the entry's lasting id.
    """

    path: str
    what: str
    since: datetime
    at: datetime
    title: str
    text: str

    @property
    def id(self) -> str:
        """The same for ever and in every language (RFC 4151)."""
        return f"tag:{host()},{self.since:%Y-%m-%d}:{self.what}"


def host() -> str:
    """The site's name, without its port."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def answer(title: str, *, path: str, page: str, entries: Iterable[Entry]) -> HttpResponse:
    """The newest MOST_NEWS entries as a feed. ``path`` of the feed itself, ``page`` of the list
    that it tells of."""
    address = settings.SITE_URL + path
    atom = Atom1Feed(
        title=title,
        link=settings.SITE_URL + page,
        description="",
        language=get_language(),
        feed_url=address,
        feed_guid=address,
        author_name=local_council().council,
    )
    for entry in sorted(entries, key=lambda entry: entry.at, reverse=True)[:MOST_NEWS]:
        atom.add_item(
            title=entry.title.translate(_NOT_XML),
            link=settings.SITE_URL + entry.path,
            # Django calls a summary HTML, so readers would run what stands in it.
            description=escape(entry.text.translate(_NOT_XML)),
            unique_id=entry.id,
            pubdate=entry.at,
            updateddate=entry.at,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml")
