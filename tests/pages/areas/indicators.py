"""Indicators: the overview, one of each shape, the founding table, the report, the desk."""

from __future__ import annotations

from datetime import date

from demo import content
from insights.indicators import actions, loading
from insights.indicators.models import IndicatorValue
from insights.indicators.periods import Period, PeriodKind
from tests.access.indicators import BEGUN, PUBLISHED, add_goal, add_reports, add_survey
from tests.pages.page_checks import PageCheck, PageChecks, of
from tests.pages.page_walk import PageWalk
from tests.pages.steps import open_all, send


def add_figures() -> None:
    """The founding table, and quarters of remarks and of those who took part."""
    if IndicatorValue.objects.exists():
        return
    actions.import_values(loading.read(content.ROOT.joinpath("indicators.csv").read_bytes()))
    period = Period(PeriodKind.QUARTER, date(2026, 1, 1))
    for number in range(4):
        for slug in ("remarks", "participants"):
            _add(slug, period, 40 + number)
        period = period.former
    newest = Period(PeriodKind.QUARTER, date(2026, 1, 1))
    for place, (part, value) in enumerate({"Центр": 30, "Заріччя": None, "": None}.items()):
        _add("participants", newest, value, breakdown="district", part=part, position=place)
    _add("participants", newest, 43, breakdown="age", part="18")
    add_goal()


def _add(slug: str, period: Period, value: int | None, **fields: object) -> None:
    IndicatorValue.objects.create(
        indicator=slug, period_kind=period.kind, period_start=period.first, value=value, **fields
    )


def _overview(town: PageWalk) -> list[PageCheck]:
    add_figures()
    add_reports(town.people["ofi"])
    return [of("indicators:overview"), of("indicators:overview", width=360)]


def _indicator(town: PageWalk) -> list[PageCheck]:
    add_figures()
    return [
        of("indicators:indicator", "remarks", then=open_all),
        of("indicators:indicator", "participants"),
        of("indicators:indicator", "turnout"),
    ]


def _founding(town: PageWalk) -> list[PageCheck]:
    add_figures()
    return [
        of("indicators:founding"),
        of("indicators:founding", query="?from=2019&to=2015"),
        of("indicators:founding", width=360),
    ]


def _report(town: PageWalk) -> list[PageCheck]:
    add_reports(town.people["ofi"])
    return [of("indicators:report", PUBLISHED)]


def _desk(town: PageWalk) -> list[PageCheck]:
    add_figures()
    add_reports(town.people["ofi"])
    return [of("indicators_desk:index", who="ofi")]


def _imported(town: PageWalk) -> list[PageCheck]:
    add_figures()
    return [of("indicators_desk:imported", who="ofi")]


def _new_goal(town: PageWalk) -> list[PageCheck]:
    return [of("indicators_desk:new_goal", who="ofi", then=send)]


def _goal(town: PageWalk) -> list[PageCheck]:
    return [of("indicators_desk:goal", add_goal().pk, who="ofi")]


def _report_desk(town: PageWalk) -> list[PageCheck]:
    add_reports(town.people["ofi"])
    return [of("indicators_desk:report", BEGUN, who="ofi")]


def _surveys(town: PageWalk) -> list[PageCheck]:
    add_survey(town.people["ofi"])
    return [of("surveys_desk:list", who="ofi"), of("surveys_desk:list", who="ofi", width=360)]


def _new_survey(town: PageWalk) -> list[PageCheck]:
    return [of("surveys_desk:new", who="ofi", then=send)]


def _survey(town: PageWalk) -> list[PageCheck]:
    return [of("surveys_desk:edit", add_survey(town.people["ofi"]).pk, who="ofi")]


PAGES: dict[str, PageChecks] = {
    "surveys_desk:list": _surveys,
    "surveys_desk:new": _new_survey,
    "surveys_desk:edit": _survey,
    "programme": lambda _town: [of("programme"), of("programme", width=360)],
    "indicators:overview": _overview,
    "indicators:indicator": _indicator,
    "indicators:founding": _founding,
    "indicators:report": _report,
    "indicators_desk:index": _desk,
    "indicators_desk:imported": _imported,
    "indicators_desk:new_goal": _new_goal,
    "indicators_desk:goal": _goal,
    "indicators_desk:report": _report_desk,
}

NO_PAGE = {
    "surveys_desk:remove": "a form of the page of a survey, and leads on",
    "insights:surveys_csv": "a table for programs",
    "indicators:indicator_csv": "a table for programs",
    "indicators:founding_csv": "a file",
    "indicators:founding_pdf": "a file",
    "indicators:report_pdf": "a file",
    "indicators_desk:remove_goal": "a form of the page of a goal, and leads on",
    "indicators_desk:publish_report": "a form of the page of a report, and leads on",
}
