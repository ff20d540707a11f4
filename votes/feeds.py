"""Feeds of polls: news as Atom, openings and closings as iCalendar.

Only what the council itself publishes stands in them. Quick polls are over before a reader asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, timedelta
from typing import Any

from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core.domain.clock import Now
from core.domain.council import local_council
from core.export import atom, ical
from core.web.pages import shared_page
from votes.models import Extension, Poll, topic_of
from votes.querysets import PollQuerySet

#: The calendar goes back so far, and holds so many polls.
PAST, MOST_DATED = timedelta(days=366), 500


def _topics_of_lists() -> list[str]:
    return ["polls"]


def _topics_of_poll(pk: int) -> list[str]:
    return [topic_of(pk)]


def _polls_in_feeds() -> PollQuerySet:
    return Poll.objects.published().filter(is_quick=False).defer("search")


@require_safe
@shared_page(_topics_of_lists)
def feed(request: HttpRequest) -> HttpResponse:
    """Polls announced, opened, extended, closed, counted and cancelled, as Atom. Anybody."""
    return atom.answer(
        _("Polls – %(council)s") % {"council": local_council().council},
        path=reverse("votes:feed"),
        page=reverse("votes:list"),
        entries=_news(),
    )


#: What is news: the moment that makes it so, and its title.
_KINDS: tuple[tuple[str, str, str | Promise], ...] = (
    ("announced", "scheduled_at", gettext_lazy("Poll announced: %s")),
    ("opened", "opens_at", gettext_lazy("Poll open: %s")),
    ("closed", "closes_at", gettext_lazy("Poll closed: %s")),
    ("results", "published_at", gettext_lazy("Results published: %s")),
    ("cancelled", "cancelled_at", gettext_lazy("Poll cancelled: %s")),
)


def _news() -> Iterator[atom.Entry]:
    """The newest of each kind: a query each, at any number of polls."""
    for what, moment, title in _KINDS:
        passed = _polls_in_feeds().filter(**{f"{moment}__lte": Now()})
        if what in ("opened", "closed"):
            passed = passed.filter(cancelled_at=None)
        for poll in passed.order_by(f"-{moment}", "-pk")[: atom.MOST_NEWS]:
            yield _entry(poll, what, getattr(poll, moment), str(title) % poll, _text(poll, what))
    extensions = Extension.objects.filter(poll__in=_polls_in_feeds()).select_related("poll")
    for extension in extensions.order_by("-at")[: atom.MOST_NEWS]:
        poll = extension.poll
        text = f"{_until(extension.new_closes_at)} {extension.reason}"
        what = f"extended/{extension.pk}"
        yield _entry(poll, what, extension.at, _("Poll extended: %s") % poll, text)


def _entry(poll: Any, what: str, at: Any, title: str, text: str) -> atom.Entry:
    path = poll.get_absolute_url()
    if what == "results":
        path = reverse("votes:results", args=[poll.pk])
    return atom.Entry(
        path=path,
        what=f"poll/{poll.pk}/{what}",
        since=poll.scheduled_at,
        at=at,
        title=title,
        text=text,
    )


def _text(poll: Any, what: str) -> str:
    told = {"announced": poll.summary, "opened": _until(poll.closes_at)}
    return str(told.get(what, poll.cancelled_reason))


def _until(moment: Any) -> str:
    shown = date_format(timezone.localtime(moment), "j E Y, H:i")
    return _("Votes are accepted until %(moment)s.") % {"moment": shown}


@require_safe
@shared_page(_topics_of_lists)
def calendar(request: HttpRequest) -> HttpResponse:
    """When polls of the last year and to come open and close, as iCalendar. Anybody."""
    recent = _with_dates(_polls_in_feeds().filter(closes_at__gte=Now() - PAST))
    name = _("Polls – %(council)s") % {"council": local_council().council}
    newest = recent.order_by("-scheduled_at", "-pk")[:MOST_DATED]
    return ical.answer(name, (event for poll in newest for event in _events(poll)))


@require_safe
@shared_page(_topics_of_poll)
def poll_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """When one poll opens and closes, as iCalendar. Anybody."""
    found = _with_dates(Poll.objects.published().defer("search")).filter(pk=pk).first()
    if found is None:
        raise Http404
    return ical.answer(found.title, _events(found))


def _with_dates(polls: PollQuerySet) -> PollQuerySet:
    dated: PollQuerySet = polls.annotate(
        changes=Count("extensions"), changed_at=Max("extensions__at")
    )
    return dated


def _events(poll: Any) -> Iterator[ical.Dated]:
    titles = {"opens": _("Poll opens: %s"), "closes": _("Poll closes: %s")}
    for what, title in titles.items():
        yield ical.Dated(
            what=f"poll-{poll.pk}-{what}",
            sequence=poll.changes + bool(poll.was_to_close_at) + bool(poll.cancelled_at),
            changed=poll.cancelled_at
            or (poll.was_to_close_at and poll.closes_at)
            or poll.changed_at
            or poll.scheduled_at,
            starts=getattr(poll, f"{what}_at").astimezone(UTC),
            title=title % poll,
            text=poll.cancelled_reason or poll.summary,
            path=poll.get_absolute_url(),
            is_cancelled=bool(poll.cancelled_at),
        )
