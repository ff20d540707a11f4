"""Feeds of consultations: news as Atom, and dates as iCalendar.

Only what the council itself publishes stands in them – never what people say – so nothing that a
moderator hides could be in a reader's cache.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import Count, Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.models import Consultation, DateChange, topic_of
from consultations.querysets import ConsultationQuerySet
from core.domain.clock import Now
from core.domain.council import local_council
from core.export import atom, ical
from core.web.pages import shared_page

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class DateFacts(TypedDict):
    """Number of changes of a consultation's dates, and the last one."""

    changes: int
    changed_at: datetime | None


if TYPE_CHECKING:
    type DatedRow = WithAnnotations[Consultation, DateFacts]

#: A calendar goes back so far.
PAST = timedelta(days=366)
#: Consultations of the common calendar.
MOST_DATED = 500


def _topic_of_lists() -> list[str]:
    return ["consultations"]


def _topic_of_one(pk: int) -> list[str]:
    return [topic_of(pk)]


@require_safe
@shared_page(_topic_of_lists)
def feed(request: HttpRequest) -> HttpResponse:
    """Announcements, openings, changes of dates, closings and reports, as Atom. Anybody."""
    return atom.answer(
        _("Consultations – %(council)s") % {"council": local_council().council},
        path=reverse("consultations:feed"),
        page=reverse("consultations:list"),
        entries=_news(),
    )


def _entry(consultation: Any, what: str, at: datetime, title: str, text: str) -> atom.Entry:
    return atom.Entry(
        path=consultation.get_absolute_url(),
        what=f"consultation/{consultation.pk}/{what}",
        since=consultation.announced_at,
        at=at,
        title=title,
        text=text,
    )


def _news() -> Iterator[atom.Entry]:
    """The newest of each kind of news: six queries at any number of consultations."""
    published = Consultation.objects.published().defer("search")
    passed = published.filter(withdrawn_at=None)
    for each in _newest(published, "announced_at"):
        yield _entry(each, "announced", each.announced_at, _("Announced: %s") % each, each.summary)
    for each in _newest(passed.filter(opens_at__lte=Now()), "opens_at"):
        text = _("Remarks are accepted until %(day)s.") % {"day": date_format(each.last_day)}
        yield _entry(each, "opened", each.opens_at, _("Open for remarks: %s") % each, text)
    for each in _newest(passed.filter(closes_at__lte=Now()), "closes_at"):
        due = each.report_due_on
        text = _("The report is due by %(day)s.") % {"day": date_format(due)} if due else ""
        yield _entry(each, "closed", each.closes_at, _("Closed: %s") % each, text)
    for each in _newest(published.reported(), "reported_at"):
        title = _("Report published: %s") % each
        yield _entry(each, "reported", each.reported_at, title, each.outcome)
    for each in _newest(published.withdrawn(), "withdrawn_at"):
        title = _("Withdrawn: %s") % each
        yield _entry(each, "withdrawn", each.withdrawn_at, title, each.withdrawn_reason)
    changes = DateChange.objects.filter(consultation__in=Consultation.objects.published())
    for change in changes.select_related("consultation").order_by("-at")[: atom.MOST_NEWS]:
        each = change.consultation
        day = {"day": date_format(change.new_last_day)}
        text = f"{_('Remarks are accepted until %(day)s.') % day} {change.reason}"
        title = _("Dates changed: %s") % each
        yield _entry(each, f"dates/{change.pk}", change.at, title, text)


def _newest(consultations: ConsultationQuerySet, moment: str) -> Iterable[Any]:
    return consultations.filter(**{f"{moment}__isnull": False}).order_by(f"-{moment}")[
        : atom.MOST_NEWS
    ]


@require_safe
@shared_page(_topic_of_lists)
def calendar(request: HttpRequest) -> HttpResponse:
    """The dates of all consultations of the last year and to come, as iCalendar. Anybody."""
    name = _("Consultations – %(council)s") % {"council": local_council().council}
    recent = Consultation.objects.published().filter(closes_at__gte=Now() - PAST)
    return _calendar(name, _with_dates(recent).order_by("-announced_at")[:MOST_DATED])


@require_safe
@shared_page(_topic_of_one)
def consultation_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The dates of one consultation, as iCalendar. Anybody."""
    found = _with_dates(Consultation.objects.published()).filter(pk=pk).first()
    if found is None:
        raise Http404
    return _calendar(found.title, [found])


def _with_dates(consultations: QuerySet[Consultation]) -> QuerySet[DatedRow]:
    """With how often their dates changed, and when last."""
    return consultations.defer("search").annotate(
        changes=Count("date_changes"), changed_at=Max("date_changes__at")
    )


def _calendar(name: str, consultations: Iterable[DatedRow]) -> HttpResponse:
    return ical.answer(name, (event for each in consultations for event in _events(each)))


def _events(consultation: DatedRow) -> Iterator[ical.Dated]:
    """Its first day, its last day, the day that the report is due: whole days in Kyiv."""
    for what, day, title in (
        ("opens", consultation.opens_on, _("Opens: %s")),
        ("closes", consultation.last_day, _("Last day for remarks: %s")),
        ("report", consultation.report_due_on, _("Report due: %s")),
    ):
        if day:
            yield _event(consultation, what, day, title % consultation)


def _event(consultation: DatedRow, what: str, day: date, title: str) -> ical.Dated:
    """An all-day event whose UID never changes and whose SEQUENCE grows with every change."""
    withdrawn = consultation.withdrawn_at
    return ical.Dated(
        what=f"consultation-{consultation.pk}-{what}",
        sequence=consultation.changes + bool(withdrawn),
        changed=withdrawn
        or consultation.changed_at
        or consultation.announced_at
        or consultation.created_at,
        starts=day,
        title=title,
        text=consultation.withdrawn_reason or consultation.summary,
        path=consultation.get_absolute_url(),
        is_cancelled=bool(withdrawn),
    )
