"""Queries of the register of acts: a fixed number at any size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from city.calendar import work_calendar
from city.models import Department, Theme
from consultations.acts.presenters import ShownAct
from consultations.decisions.models import Decision, DecisionChange
from consultations.models import Consultation
from core.db.paging import Page, page_of

if TYPE_CHECKING:
    from consultations.acts.presenters import ActRow

#: The newest first.
ORDER = ("-decided_on", "-id")
#: Rows of the download that are in memory at a time.
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Filters:
    """Filters of the register, from the query string; invalid values are ignored."""

    year: str = ""
    theme: str = ""
    department: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Filters:
        year = query.get("year", "")
        is_year = year.isascii() and year.isdecimal() and len(year) == 4
        return cls(
            year=year if is_year and year != "0000" else "",
            theme=query.get("theme", "").replace("\0", "")[:50],
            department=query.get("department", "").replace("\0", "")[:50],
        )

    def narrow(self, rows: QuerySet[ActRow]) -> QuerySet[ActRow]:
        if self.year:
            rows = rows.filter(decided_on__year=int(self.year))
        if self.theme:
            rows = rows.filter(consultation__themes__slug=self.theme)
        if self.department:
            rows = rows.filter(consultation__department__slug=self.department)
        return rows


def acts() -> QuerySet[ActRow]:
    """The decisions that adopted an act, with the moment of their publication here: when the
    decision was entered as adopted, or its outcome was changed to that."""
    became = DecisionChange.objects.filter(decision=OuterRef("pk"))
    became = became.exclude(former_outcome=Decision.Outcome.ADOPTED).order_by("-pk")
    return (
        Decision.objects.filter(
            outcome=Decision.Outcome.ADOPTED,
            consultation__in=Consultation.objects.published(),
        )
        .select_related("consultation__department", "text")
        .defer("consultation__search")
        .annotate(published_at=Coalesce(Subquery(became.values("at")[:1]), "at"))
    )


def page_of_acts(filters: Filters, after: str | None) -> Page[Decision]:
    """A page of the register: one query."""
    return page_of(filters.narrow(acts()), order=ORDER, after=after)


def show(rows: Iterable[Any]) -> list[ShownAct]:
    """Acts with their terms of publication: one query for all."""
    calendar = work_calendar()
    return [ShownAct(row, calendar) for row in rows]


def act_of(pk: int) -> ShownAct | None:
    """One act with its term of publication: two queries."""
    found = acts().filter(pk=pk).first()
    return None if found is None else ShownAct(found, work_calendar())


def choices() -> dict[str, Any]:
    """Choices of the filters: years, themes and departments that have acts."""
    adopted = acts().order_by()
    themes = Theme.objects.filter(consultation__decision__outcome=Decision.Outcome.ADOPTED)
    departments = Department.objects.filter(consultation__decision__outcome="adopted")
    return {
        "years": [str(day.year) for day in adopted.dates("decided_on", "year", order="DESC")],
        "themes": themes.distinct(),
        "departments": departments.distinct().order_by("name"),
    }


def every_act() -> Iterator[ShownAct]:
    """All acts, the newest first: two queries for each AT_ONCE of them."""
    calendar, after = work_calendar(), None
    rows = acts().prefetch_related("consultation__themes")
    while True:
        page = page_of(rows, order=ORDER, after=after, size=AT_ONCE)
        for row in page:
            yield ShownAct(row, calendar)
        after = page.next_cursor
        if not after:
            return
