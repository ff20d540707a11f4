"""The feed of meetings (Atom), and their calendars (iCalendar)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, timedelta
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.domain.clock import Now
from core.domain.council import local_council
from core.export import atom, ical
from core.web.pages import shared_page
from meetings import pages
from meetings.models import Meeting
from meetings.undoing.queries import is_settled
from meetings.views import topics_of, topics_of_lists

#: The calendar goes back so far, and holds so many meetings.
PAST, MOST_DATED = timedelta(days=366), 500


@require_safe
@shared_page(topics_of_lists)
def feed(request: HttpRequest) -> HttpResponse:
    """Notices, cancellations, ends, videos and minutes of meetings, as Atom. Anybody."""
    return atom.answer(
        _("Meetings – %(council)s") % {"council": local_council().council},
        path=reverse("meetings:feed"),
        page=reverse("meetings:list"),
        entries=_news(),
    )


def _news() -> Iterator[atom.Entry]:
    """The newest of each kind of news: five queries at any number of meetings. That one is over
    is told when it is not reopened as a mistake."""
    published = pages.for_page(Meeting.objects.published())
    kinds = (
        ("published_at", "announced", _("Announced: %s")),
        ("cancelled_at", "cancelled", _("Cancelled: %s")),
        ("closed_at", "over", _("Over: %s")),
        ("video_published_at", "video", _("Video: %s")),
        ("minutes_published_at", "minutes", _("Minutes: %s")),
    )
    for column, what, title in kinds:
        is_news = is_settled() if column == "closed_at" else Q(**{f"{column}__isnull": False})
        newest = published.filter(is_news).order_by(f"-{column}", "-pk")
        for row in newest[: atom.MOST_NEWS]:
            begins = date_format(localtime(row.begins_at), "j E Y, H:i")
            yield atom.Entry(
                path=row.get_absolute_url(),
                what=f"meeting/{row.pk}/{what}",
                since=row.published_at,
                at=getattr(row, column),
                title=title % row.title,
                text=f"{begins}, {row.place}. {row.cancelled_reason}".strip(),
            )


@require_safe
@shared_page(topics_of_lists)
def calendar(request: HttpRequest) -> HttpResponse:
    """Meetings of the last year and to come, as iCalendar. Anybody."""
    recent = pages.for_page(Meeting.objects.published()).filter(begins_at__gte=Now() - PAST)
    name = _("Meetings – %(council)s") % {"council": local_council().council}
    newest = recent.order_by("-begins_at", "-pk")[:MOST_DATED]
    return ical.answer(name, (event for meeting in newest for event in _events(meeting)))


@require_safe
@shared_page(topics_of)
def meeting_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """When one meeting begins and ends, as iCalendar. Anybody."""
    found = pages.for_page(Meeting.objects.published()).filter(pk=pk).first()
    if found is None:
        raise Http404
    return ical.answer(found.title, _events(found))


def _events(meeting: Any) -> Iterator[ical.Dated]:
    """The meeting, and the day on which a session of several days goes on."""
    yield _event(meeting)
    pause = meeting.pause
    if pause is not None and pause.is_over_night:
        yield ical.Dated(
            what=f"meeting-{meeting.pk}-continues",
            sequence=meeting.seq,
            changed=pause.began_at,
            starts=pause.resumes_at.astimezone(UTC),
            title=_("Continuation: %(title)s") % {"title": meeting.title},
            text=str(meeting.get_kind_display()),
            path=meeting.get_absolute_url(),
            place=meeting.place,
        )


def _event(meeting: Any) -> ical.Dated:
    """``sequence`` is the counter of its topic: it grows with every change."""
    moments = (meeting.published_at, meeting.opened_at, meeting.closed_at, meeting.cancelled_at)
    return ical.Dated(
        what=f"meeting-{meeting.pk}",
        sequence=meeting.seq,
        changed=max(moment for moment in moments if moment),
        starts=meeting.begins_at.astimezone(UTC),
        ends=meeting.ends_at.astimezone(UTC),
        title=meeting.title,
        text=meeting.cancelled_reason or str(meeting.get_kind_display()),
        path=meeting.get_absolute_url(),
        place=meeting.place,
        is_cancelled=bool(meeting.cancelled_at),
    )
