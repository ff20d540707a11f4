"""The public page of figures of appeals."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from appeals.desk.figures import FEWEST, figures_of, period_of
from core.domain import clock
from core.domain.calendar import ONE_DAY, local_date
from core.web.pages import shared_page

#: The first year that may be asked for.
_SINCE = 2020


def _topics() -> list[str]:
    return ["appeals"]


@require_safe
@shared_page(_topics)
def figures(request: HttpRequest) -> HttpResponse:
    """How many appeals there were, of what, and how soon they were answered. Anybody."""
    today = local_date(clock.now())
    # In January the year that is over is the one with something to show.
    newest = (today.replace(day=1) - ONE_DAY).year
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else newest
    year = year if _SINCE <= year <= newest else newest
    period = period_of(year, today)
    found = figures_of(period)
    context = {
        "period": period,
        "last_day": period.end - ONE_DAY,
        "years": [
            {"label": str(each), "url": f"?year={each}", "current": each == year}
            for each in range(newest, max(_SINCE, newest - 4) - 1, -1)
        ],
        "all": found["all"][0] if found["all"] else None,
        "tables": [found["theme"], found["district"], found["department"]],
        "by_theme": found["theme"],
        "by_district": found["district"],
        "by_department": found["department"],
        "fewest": FEWEST,
    }
    return render(request, "appeals/figures.html", context)
