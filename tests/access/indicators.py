"""Objects and filled forms for the routes of indicators."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from insights.indicators.models import Goal, YearReport
from insights.models import TrustSurvey

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


def add_survey(by: Any) -> TrustSurvey:
    """A survey of trust by another method."""
    made, _new = TrustSurvey.objects.get_or_create(
        held_on=date(2018, 11, 30),
        source="Соціологічна лабораторія, звіт за 2018 рік",
        question="Чи довіряєте ви міській владі?",
        defaults={
            "method": "Опитування на вулицях; довірою вважали «так» і «скоріше так».",
            "answered": 800,
            "trusting": "31.5",
            "entered_by": by,
        },
    )
    return made


def _survey(city: City, _parameters: tuple[str, ...]) -> Things:
    return {"": (add_survey(city.people["ofi"]).pk,)}


ABOUT = {
    "surveys_desk:edit": _survey,
    "surveys_desk:remove": _survey,
    "indicators:indicator": _indicator,
    "indicators:indicator_csv": _indicator,
    "indicators:report": _report,
    "indicators:report_pdf": _report,
    "indicators_desk:goal": _goal,
    "indicators_desk:remove_goal": _goal,
    "indicators_desk:report": _report,
    "indicators_desk:publish_report": _report,
}
_SURVEY = {
    "held_on": "30.11.2017",
    "source": "Звіт ради за 2017 рік",
    "question": "Чи довіряєте ви раді?",
    "method": "За телефоном, випадкові номери.",
    "trusting": "28,4",
}
FORMS = {
    "surveys_desk:new": _SURVEY,
    "surveys_desk:edit": {**_SURVEY, "trusting": "28,5"},
    "indicators_desk:new_goal": {
        "indicator": "petitions",
        "year": "2026",
        "direction": "at_least",
        "value": "12",
    },
    "indicators_desk:goal": {"direction": "at_most", "value": "90"},
    "indicators_desk:report": {"influence": "Змінено чотири рішення."},
}
