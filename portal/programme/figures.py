"""Figures of the programme's demands: counted now, or the newest stored one of an indicator.

Only what is public row by row is counted now. What is counted from appeals comes from stored
indicators, since two live counts tell by their difference what one person did (ADR 79).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Value
from django.utils.translation import gettext as _

from appeals.models import Answer
from consultations.acts.queries import acts
from consultations.models import Consultation
from core.domain.typography import group_thousands
from insights.indicators.presenters import newest_figures
from insights.indicators.registry import has_indicator
from insights.models import Panel
from insights.panel.queries import show_panels
from meetings.models import Meeting
from newsroom.models import Article, Page, PageVersion
from portal.opendata.registry import DATASETS
from records.models import Service
from votes.models import Poll

#: The figures that have a way of their own to be found.
TRUST, DATASETS_OFFERED = "trust", "datasets"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in ``words``, its ``title``, and the ``period`` of one that was stored."""

    title: str
    words: str
    period: str = ""


def load_figures(names: Collection[str]) -> dict[str, Figure]:
    """Figures by their names, without those that are not known yet. Six queries at most."""
    stored = newest_figures([name for name in sorted(names) if has_indicator(name)])
    found = {
        each.indicator.slug: Figure(str(each.indicator.title), each.words, each.newest.period.words)
        for each in stored
    }
    if DATASETS_OFFERED in names:
        found[DATASETS_OFFERED] = Figure(_("Datasets of open data"), str(len(DATASETS)))
    if TRUST in names and (trust := _trust()):
        found[TRUST] = trust
    return found | _count(names)


def public_rows() -> Mapping[str, tuple[str, QuerySet[Any]]]:
    """The figures that are counted now: by name the title, and the public rows."""
    articles = Article.objects.published()
    return {
        "acts": (_("Acts in the register"), acts()),
        "answers": (_("Answers published"), Answer.objects.published()),
        "consultations": (_("Consultations published"), Consultation.objects.published()),
        "events": (_("Events published"), articles.events()),
        "meetings": (_("Meetings published"), Meeting.objects.published()),
        "news": (_("News and announcements published"), articles.exclude(kind="event")),
        "pages": (_("Pages about the council and the platform"), Page.objects.all()),
        "pilots": (
            _("Services that began as a pilot"),
            Service.objects.filter(pilot_until__isnull=False),
        ),
        "polls": (_("Polls published"), Poll.objects.published()),
        "services": (_("Electronic services offered"), Service.objects.offered()),
        "versions": (_("Versions of the council’s pages, all kept"), PageVersion.objects.all()),
    }


def _count(names: Collection[str]) -> dict[str, Figure]:
    """One query for all of them."""
    asked = {name: pair for name, pair in public_rows().items() if name in names}
    rows = [
        queryset.order_by()
        .annotate(figure=Value(name))
        .values("figure")
        .annotate(number=Count("pk"))
        .values_list("figure", "number")
        for name, (_title, queryset) in asked.items()
    ]
    if not rows:
        return {}
    numbers = dict(rows[0].union(*rows[1:], all=True))
    return {
        name: Figure(title, group_thousands(numbers.get(name, 0)))
        for name, (title, _queryset) in asked.items()
    }


def _trust() -> Figure | None:
    """The newest share of a panel that may be told. Four queries."""
    closed = Panel.objects.filter(closed_at__isnull=False).without_list()
    newest = closed.prefetch_related("strata", "tallies").order_by("-year", "-quarter")[:1]
    for shown in show_panels(newest):
        if shown.trusting is not None:
            words = f"{shown.trusting_percent}\xa0%"
            return Figure(_("How many of a hundred trust"), words, shown.panel.words)
    return None
