"""The public page of figures of appeals."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from appeals.desk.figures import FEWEST, Quarter, figures_of, newest_quarter
from core.domain import clock
from core.domain.calendar import ONE_DAY, local_date
from core.web.pages import shared_page

#: So many quarters are offered.
_MOST = 8


def _topics() -> list[str]:
    """None: a quarter's figures never change."""
    return []


@require_safe
@shared_page(_topics)
def figures(request: HttpRequest) -> HttpResponse:
    """How many appeals there were, of what, and how soon they were answered. Anybody."""
    offered = _offered(newest_quarter(local_date(clock.now())))
    asked = request.GET.get("quarter", "")
    quarter = next((each for each in offered if _key(each) == asked), offered[0])
    found = figures_of(quarter)
    context = {
        "first_day": quarter.first,
        "last_day": quarter.end - ONE_DAY,
        "quarters": [
            {"label": _label(each), "url": f"?quarter={_key(each)}", "current": each == quarter}
            for each in offered
        ],
        "all": found["all"][0] if found["all"] else None,
        "by_theme": found["theme"],
        "by_district": found["district"],
        "by_department": found["department"],
        "fewest": FEWEST,
    }
    return render(request, "appeals/figures.html", context)


def _offered(newest: Quarter) -> list[Quarter]:
    found = [newest]
    while len(found) < _MOST:
        found.append(found[-1].former)
    return found


def _key(quarter: Quarter) -> str:
    return f"{quarter.year}-{quarter.number}"


def _label(quarter: Quarter) -> str:
    return _("Q%(number)s %(year)s") % {"number": quarter.number, "year": quarter.year}
