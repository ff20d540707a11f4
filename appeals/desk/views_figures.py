"""The public page of figures of appeals."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from appeals.desk.figures import FEWEST, STORED, Quarter, figures_of, stored_quarters
from core.domain.calendar import ONE_DAY
from core.web.pages import shared_page


def _topics() -> list[str]:
    return [STORED]


@require_safe
@shared_page(_topics)
def figures(request: HttpRequest) -> HttpResponse:
    """How many appeals there were, of what, and how soon they were answered. Anybody."""
    quarters = stored_quarters()
    asked = request.GET.get("quarter", "")
    chosen = next((each for each in quarters if _key(each) == asked), None)
    quarter = chosen or (quarters[0] if quarters else None)
    context = {
        "quarters": [
            {"label": _label(each), "url": f"?quarter={_key(each)}", "current": each == quarter}
            for each in quarters
        ],
        "fewest": FEWEST,
        **(_tables(quarter) if quarter else {}),
    }
    return render(request, "appeals/figures.html", context)


def _tables(quarter: Quarter) -> dict[str, Any]:
    found = figures_of(quarter)
    return {
        "first_day": quarter.first,
        "last_day": quarter.end - ONE_DAY,
        "all": found["all"][0],
        "by_theme": found["theme"],
        "by_district": found["district"],
        "by_department": found["department"],
    }


def _key(quarter: Quarter) -> str:
    return f"{quarter.year}-{quarter.number}"


def _label(quarter: Quarter) -> str:
    return _("Q%(number)s %(year)s") % {"number": quarter.number, "year": quarter.year}
