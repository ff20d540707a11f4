"""What happened to petitions, as an Atom feed: what moderators published, and what the council did.

What people say about petitions, and what authors tell who signed, is not in it: nothing that a
moderator hides could be in a reader's cache.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.clock import Now
from core.pages import shared_page
from petitions import reading
from petitions.models import Petition

#: Entries of a feed.
MOST_NEWS = 50
#: What no XML may hold, and a text pasted from elsewhere does: one would stop the feed for all.
_NOT_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def _all() -> list[str]:
    return ["petitions"]


@require_safe
@shared_page(_all)
def feed(request: HttpRequest) -> HttpResponse:
    """Petitions published, with enough signatures, reviewed, decided and answered. Anybody."""
    address = settings.SITE_URL + reverse("petitions:feed")
    entries = sorted(_news(), key=lambda entry: entry.at, reverse=True)[:MOST_NEWS]
    atom = Atom1Feed(
        title=_("Petitions – %(council)s") % {"council": settings.CITY["council"]},
        link=settings.SITE_URL + reverse("petitions:list"),
        description="",
        language=get_language(),
        feed_url=address,
        feed_guid=address,
        author_name=settings.CITY["council"],
    )
    for entry in entries:
        atom.add_item(
            title=entry.title.translate(_NOT_XML),
            link=settings.SITE_URL + entry.petition.get_absolute_url(),
            # Django calls a summary HTML, so readers would run what stands in it.
            description=escape(entry.text.translate(_NOT_XML)),
            unique_id=entry.id,
            pubdate=entry.at,
            updateddate=entry.at,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened to a petition."""

    petition: Petition
    what: str
    at: datetime
    title: str
    text: str

    @property
    def id(self) -> str:
        """The same for ever and in every language (RFC 4151)."""
        host = urlsplit(settings.SITE_URL).hostname or "localhost"
        day = f"{self.petition.published_at:%Y-%m-%d}"
        return f"tag:{host},{day}:petition/{self.petition.pk}/{self.what}"


def _opening(petition: Any) -> str:
    return str(petition.opening)


def _until(day: Any) -> str:
    return _("until %(day)s") % {"day": date_format(day)} if day else ""


#: What is news: the moment that makes it so, its title, and what is told of it.
_KINDS: tuple[tuple[str, str, str | Promise, Callable[[Any], str]], ...] = (
    ("published", "published_at", gettext_lazy("Petition published: %s"), _opening),
    (
        "reached",
        "reached_at",
        gettext_lazy("Enough signatures: %s"),
        lambda petition: _until(petition.notice_due_on),
    ),
    (
        "review",
        "review_at",
        gettext_lazy("Under review: %s"),
        lambda petition: _until(petition.review_due_on),
    ),
    (
        "decided",
        "decided_at",
        gettext_lazy("Decided: %s"),
        lambda petition: petition.get_decision_display(),
    ),
    (
        "answered",
        "answered_at",
        gettext_lazy("Answered: %s"),
        lambda petition: petition.answer.decided if hasattr(petition, "answer") else "",
    ),
    (
        "withdrawn",
        "withdrawn_at",
        gettext_lazy("Withdrawn by its author: %s"),
        lambda petition: "",  # the reason is words that nobody has checked
    ),
    (
        "closed",
        "handed_over_at",
        gettext_lazy("Not enough signatures, considered as an appeal: %s"),
        lambda petition: _until(petition.answer_due_on),
    ),
)


def _news() -> Iterator[Entry]:
    """The newest of each kind: a query each, at any number of petitions."""
    published = Petition.objects.published()
    for what, moment, title, text in _KINDS:
        passed = published.filter(**{f"{moment}__lte": Now()})
        if what == "closed":
            passed = passed.filter(reached_at=None)
        newest = reading.for_cards(passed).select_related("answer").order_by(f"-{moment}", "-pk")
        for petition in newest[:MOST_NEWS]:
            words = str(title) % petition
            yield Entry(petition, what, getattr(petition, moment), words, text(petition))
