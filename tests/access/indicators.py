"""Objects and filled forms for the routes of indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from insights.indicators.models import Goal, YearReport

if TYPE_CHECKING:
    from tests.access.city import City

Things = dict[str, tuple[Any, ...]]

#: A year whose report nobody has, and the one that add_reports publishes.
_NONE, PUBLISHED, BEGUN = 1999, 2024, 2025


def add_goal() -> Goal:
    """A goal of an indicator."""
    made, _new = Goal.objects.get_or_create(
        indicator="remarks", year=2026, defaults={"value": 100, "direction": "at_least"}
    )
    return made


def add_reports(by: Any) -> None:
    """A report that is published, and one that is begun with its words."""
    for year in (PUBLISHED, BEGUN):
        YearReport.objects.get_or_create(
            year=year,
            defaults={
                "due_on": YearReport.last_day_for(year),
                "influence": "Змінено три рішення.",
            },
        )
    YearReport.objects.filter(year=PUBLISHED).update(
        content=[{"heading": "Питання", "level": 1}, {"paragraph": "Консультацій: 3."}],
        edition=1,
        published_at="2025-03-20T10:00:00Z",
        published_by=by,
    )


def _indicator(_city: City, _parameters: tuple[str, ...]) -> Things:
    return {"known": ("remarks",), "unknown": ("luck",)}


def _goal(_city: City, _parameters: tuple[str, ...]) -> Things:
    return {"": (add_goal().pk,)}


def _report(city: City, _parameters: tuple[str, ...]) -> Things:
    add_reports(city.people["ofi"])
    return {"published": (PUBLISHED,), "begun": (BEGUN,), "none": (_NONE,)}


ABOUT = {
    "indicators:indicator": _indicator,
    "indicators:indicator_csv": _indicator,
    "indicators:report": _report,
    "indicators:report_pdf": _report,
    "indicators_desk:goal": _goal,
    "indicators_desk:remove_goal": _goal,
    "indicators_desk:report": _report,
    "indicators_desk:publish_report": _report,
}
FORMS = {
    "indicators_desk:new_goal": {
        "indicator": "petitions",
        "year": "2026",
        "direction": "at_least",
        "value": "12",
    },
    "indicators_desk:goal": {"direction": "at_most", "value": "90"},
    "indicators_desk:report": {"influence": "Змінено чотири рішення."},
}
