"""A person's former words, to be said again on another track.

Nothing is moved behind anybody's back: the author opens another form with their words and sends it,
which is their consent where the words become public. What they said first keeps its number and its
date, and a line at the end of the words names both (docs/adr/0061-tracks.md).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from appeals.filing.access import load_own
from consultations.models import Remark
from core.web import markup
from discussions.models import Comment
from petitions.models import Petition


@dataclass(frozen=True, slots=True)
class OwnWords:
    """An author's former words, their place, and the tracks on which they may be said again."""

    title: str
    url: str
    text: str
    #: Where and when it was said, in Ukrainian: the council reads it. "" where that is private.
    reference: str
    tracks: frozenset[str]
    #: The public address of what it was said of; "" where there is none.
    said_at: str = ""

    @property
    def whole(self) -> str:
        """The words with the line that says where they come from."""
        return f"{self.text}\n\n{self.reference}".strip()


type Load = Callable[[HttpRequest, int], OwnWords | None]

#: The kinds of things that are said, by the word for each in addresses.
SOURCES: dict[str, Load] = {}


def source(name: str) -> Callable[[Load], Load]:
    """Register a function that loads what the reader themselves said; None where it is not
    theirs."""

    def register(load: Load) -> Load:
        SOURCES[name] = load
        return load

    return register


@source("remark")
def remark(request: HttpRequest, pk: int) -> OwnWords | None:
    """A remark of the reader's, hidden or not: one query."""
    if not request.user.is_authenticated:
        return None
    rows = Remark.objects.filter(comment__author=request.user.pk, comment__deleted_at=None)
    found = rows.select_related("comment", "consultation").filter(pk=pk).first()
    if found is None:
        return None
    consultation, comment = found.consultation, found.comment
    with override("uk"):
        named = {
            "title": consultation.title,
            "day": _day(comment.created_at),
            "number": found.number,
        }
        reference = (
            _("Said on %(day)s as remark No. %(number)d on the draft “%(title)s”.")
            if found.number
            else _("Said on %(day)s as a remark on the draft “%(title)s”.")
        ) % named
    return OwnWords(
        title=consultation.title,
        url=f"{reverse('portal:me')}#said-{comment.pk}",
        text=_text(comment),
        reference=reference,
        tracks=frozenset({"petition", "appeal", "request"}),
        said_at=consultation.get_absolute_url(),
    )


@source("petition")
def petition(request: HttpRequest, pk: int) -> OwnWords | None:
    """A petition of the reader's that was sent: one query."""
    if not request.user.is_authenticated:
        return None
    rows = Petition.objects.filter(author=request.user.pk, submitted_at__isnull=False)
    found = rows.only("title", "text", "reasons", "submitted_at").filter(pk=pk).first()
    if found is None or found.submitted_at is None:
        return None
    with override("uk"):
        reference = _("Sent on %(day)s as petition No. %(number)d “%(title)s”.") % {
            "day": _day(found.submitted_at),
            "number": found.pk,
            "title": found.title,
        }
    return OwnWords(
        title=found.title,
        url=reverse("petitions:own", args=[found.pk]),
        text="\n\n".join(filter(None, (found.title, found.text, found.reasons))),
        reference=reference,
        tracks=frozenset({"remark", "appeal", "request"}),
        said_at=found.get_absolute_url(),
    )


@source("appeal")
def appeal(request: HttpRequest, pk: int) -> OwnWords | None:
    """An appeal of the reader's, by their account or by its secret: one query.

    What they say in public holds neither its number nor its date: an appeal is private.
    """
    try:
        found = load_own(request, pk).appeal
    except Http404:
        return None
    return OwnWords(
        title=f"{found.get_kind_display()} № {found.label}",
        url=found.get_absolute_url(),
        text=found.text,
        reference="",
        tracks=frozenset({"remark", "petition"}),
    )


def _text(comment: Comment) -> str:
    return markup.plain("\n\n".join(filter(None, (comment.text, comment.proposal))))


def _day(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%d.%m.%Y}"
