"""The feed of news (Atom), and events for calendars (iCalendar)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, timedelta
from typing import Any

from django.db.models import Max
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from city.models import Theme
from core.domain.clock import Now
from core.domain.council import local_council
from core.export import atom, ical
from core.web.pages import shared_page
from newsroom import queries
from newsroom.models import Article
from newsroom.presenters import ShownArticle
from newsroom.queries import Filters
from newsroom.views import topics_of, topics_of_lists

#: The calendar goes back so far, and holds so many events.
PAST, MOST_DATED = timedelta(days=366), 500


@require_safe
@shared_page(topics_of_lists)
def feed(request: HttpRequest) -> HttpResponse:
    """News, of one theme with ``?theme=``. Anybody."""
    slug = Filters.of(request.GET).theme
    title = _("News – %(council)s") % {"council": local_council().council}
    home, path = reverse("newsroom:list"), reverse("newsroom:feed")
    if slug:
        theme = Theme.objects.filter(slug=slug).first()
        if theme is None:
            raise Http404
        title = _("News: %(theme)s – %(council)s") % {
            "theme": theme.local_name,
            "council": local_council().council,
        }
        home, path = f"{home}?theme={theme.slug}", f"{path}?theme={theme.slug}"
    return atom.answer(title, path=path, page=home, entries=_entries(Filters(theme=slug)))


def _entries(filters: Filters) -> Iterator[atom.Entry]:
    rows = queries.for_cards(filters.narrow(Article.objects.published()))
    for row in rows.order_by("-publish_at", "-pk")[: atom.MOST_NEWS]:
        shown = ShownArticle.of(row)
        yield atom.Entry(
            path=row.get_absolute_url(),
            what=f"article/{row.pk}",
            since=row.publish_at,
            at=row.publish_at,
            title=shown.title,
            text=shown.summary,
        )


def _with_dates() -> Any:
    """Events as everybody reads them, with when each last changed."""
    rows = queries.for_cards(Article.objects.published().events())
    return rows.annotate(changed=Coalesce(Max("corrections__at"), "publish_at"))


@require_safe
@shared_page(topics_of_lists)
def calendar(request: HttpRequest) -> HttpResponse:
    """Events of the last year and to come, as iCalendar. Anybody."""
    recent = _with_dates().filter(begins_at__gte=Now() - PAST).order_by("-begins_at", "-pk")
    name = _("Events – %(council)s") % {"council": local_council().council}
    return ical.answer(name, (_event(row) for row in recent[:MOST_DATED]))


@require_safe
@shared_page(topics_of)
def article_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """When one event begins and ends, as iCalendar. Anybody."""
    row = _with_dates().filter(pk=pk).first()
    if row is None:
        raise Http404
    return ical.answer(ShownArticle.of(row).title, [_event(row)])


def _event(row: Any) -> ical.Dated:
    """``sequence`` is the counter of its topic: it grows with every change."""
    shown = ShownArticle.of(row)
    return ical.Dated(
        what=f"article-{row.pk}",
        sequence=row.seq,
        changed=row.changed,
        starts=row.begins_at.astimezone(UTC),
        ends=row.ends_at.astimezone(UTC) if row.ends_at else None,
        title=shown.title,
        text=shown.summary,
        path=row.get_absolute_url(),
        place=row.place,
    )
