"""The public page of figures of appeals."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from appeals.figures.outcomes import label_of
from appeals.figures.quarters import STORED, Quarter, figures_of, stored_quarters
from appeals.figures.small_cells import FEWEST, Figures
from appeals.models import Appeal
from core.domain.calendar import ONE_DAY
from core.domain.typography import name_quarter
from core.web.pages import shared_page


def _topics() -> list[str]:
    return [STORED]


@require_safe
@shared_page(_topics)
def figures(request: HttpRequest) -> HttpResponse:
    """Figures of appeals: numbers, subjects, times to answer. Anybody."""
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
        "kinds": _name_rows(found.get("kind", [])),
        "outcomes": [
            {
                "id": f"outcome-{kind}",
                "kind": kind.label,
                "rows": _name_rows(found[f"outcome:{kind}"]),
            }
            for kind in Appeal.Kind
            if found.get(f"outcome:{kind}")
        ],
        "requests": _name_rows(found.get("requests", [])),
        "postponed": next(iter(found.get("postponed", [])), None),
        "year": quarter.year,
    }


def _name_rows(rows: list[Figures]) -> list[tuple[str, int | None]]:
    """Rows as they are called, and their numbers; None: not shown."""
    return [(str(label_of(row.name)), row.total) for row in rows]


def _key(quarter: Quarter) -> str:
    return f"{quarter.year}-{quarter.number}"


def _label(quarter: Quarter) -> str:
    return name_quarter(quarter.year, quarter.number)
