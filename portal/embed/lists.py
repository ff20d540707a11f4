"""Lists for frames of other sites: what is open now, the calendar, acts, answers.

As cards they are drawn for a stranger, without cookies and scripts, and kept as shared pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from appeals.answers.actions import PUBLISHED as ANSWERS
from appeals.models import Answer
from consultations.acts.handlers import TOPIC as ACTS
from consultations.acts.queries import acts
from consultations.models import Consultation
from core.web.pages import shared_page
from meetings.models import Meeting
from newsroom.models import Article
from petitions.models import Petition
from votes.models import Poll

#: How many lines a list has: what an editor may choose, the first by default.
SIZES = (5, 10, 20)
LOOKS = {"auto": _("as the reader’s device"), "light": _("light"), "dark": _("dark")}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of a list. ``at``: its last moment where ``is_until``, else when it is or was."""

    title: str
    kind: str | Promise
    url: str
    at: date | datetime
    is_until: bool = False


@dataclass(frozen=True, slots=True)
class List:
    """``more``: the route of the page that has all; ``nothing``: said where the list is empty."""

    title: str | Promise
    more: str
    nothing: str | Promise
    topics: tuple[str, ...]
    load: Callable[[int], Iterable[Line]]


def _lines(
    rows: QuerySet[Any],
    route: str,
    kind: str | Promise,
    *,
    at: str,
    title: str = "title",
    **how: Any,
) -> list[Line]:
    """Lines of rows in their order: one query."""
    return [
        Line(name, kind, f"{settings.SITE_URL}{reverse(route, args=[pk])}", when, **how)
        for pk, name, when in rows.values_list("pk", title, at)
    ]


def _open(most: int) -> list[Line]:
    """Lines of what closes soonest; petitions, of which there are most, after the others."""
    asked = [
        *_lines(
            Consultation.objects.open().order_by("closes_at", "pk")[:most],
            *("consultations:detail", _("Consultation")),
            at="closes_at",
            is_until=True,
        ),
        *_lines(
            Poll.objects.filter(is_quick=False)
            .open()
            .exclude(voters=Poll.Voters.INVITED)
            .order_by("closes_at", "pk")[:most],
            *("votes:detail", _("Poll")),
            at="closes_at",
            is_until=True,
        ),
    ]
    petitions = Petition.objects.collecting().order_by("closes_at", "pk")[:most]
    signed = _lines(petitions, "petitions:detail", _("Petition"), at="closes_at", is_until=True)
    return [*sorted(asked, key=attrgetter("at")), *signed][:most]


def _calendar(most: int) -> list[Line]:
    """Meetings and events that are ahead, the next first."""
    meetings = Meeting.objects.coming().filter(begins_at__gte=Now())
    events = Article.objects.published().events().filter(begins_at__gte=Now())
    found = [
        *_lines(meetings[:most], "meetings:detail", _("Meeting"), at="begins_at"),
        *_lines(
            events.order_by("begins_at", "pk")[:most],
            *("newsroom:detail", _("Event")),
            at="begins_at",
        ),
    ]
    return sorted(found, key=attrgetter("at"))[:most]


def _acts(most: int) -> list[Line]:
    rows = acts().order_by("-decided_on", "-pk")[:most]
    return _lines(rows, "acts:act", _("Act"), at="decided_on", title="consultation__title")


def _answers(most: int) -> list[Line]:
    """Answers to petitions and published answers to appeals, the newest first."""
    petitions = Petition.objects.answered().order_by("-answered_at", "-pk")[:most]
    published = Answer.objects.published().annotate(title=F("public_subject"))[:most]
    found = [
        *_lines(petitions, "petitions:answer", _("Answer to a petition"), at="answered_at"),
        *_lines(published, "appeals:answer", _("Answer"), at="published_at"),
    ]
    return sorted(found, key=attrgetter("at"), reverse=True)[:most]


#: By the name in the address.
LISTS = {
    "open": List(
        _("Open now"),
        "portal:home",
        _("Nothing is open now."),
        ("consultations", "polls", "petitions"),
        _open,
    ),
    "calendar": List(
        _("Calendar of the council"),
        "newsroom:calendar",
        _("Nothing is planned."),
        ("meetings", "news"),
        _calendar,
    ),
    "acts": List(
        _("Acts of the council"),
        "acts:list",
        _("No act yet."),
        (ACTS, "consultations"),
        _acts,
    ),
    "answers": List(
        _("Answers of the council"),
        "appeals:answers",
        _("No answer yet."),
        (ANSWERS, "petitions"),
        _answers,
    ),
}


def read_size(params: QueryDict) -> int:
    """The number of lines that is asked for; the first of SIZES for any other."""
    asked = params.get("most", "")
    return next((each for each in SIZES if str(each) == asked), SIZES[0])


def read_look(params: QueryDict) -> str:
    """«light», «dark», or «auto», as the reader’s device is set."""
    look = params.get("look", "")
    return look if look in LOOKS else "auto"


def _topics(name: str) -> tuple[str, ...]:
    return LISTS[name].topics


@require_safe
@shared_page(_topics)
def show_list(request: HttpRequest, name: str) -> HttpResponse:
    """A list by its name. Anybody."""
    shown = LISTS[name]
    context = {
        "shown": shown,
        "lines": list(shown.load(read_size(request.GET))),
        "look": read_look(request.GET),
        "page_url": f"{settings.SITE_URL}{reverse(shown.more)}",
    }
    return render(request, "portal/embed/list.html", context)
