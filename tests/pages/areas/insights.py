"""Pages of visits and panels."""

from __future__ import annotations

from datetime import date

from tests.access.indicators import add_survey
from tests.access.insights import add_panels, add_visits
from tests.pages.page_checks import PageCheck, PageChecks, of
from tests.pages.page_walk import PageWalk
from tests.pages.steps import send


def _visits(town: PageWalk) -> list[PageCheck]:
    for day in range(1, 29):
        add_visits(date(2026, 4, day), 400 + 90 * (day * 7 % 11))
    return [of("insights:visits"), of("insights:visits", width=360)]


def _month(town: PageWalk) -> list[PageCheck]:
    add_visits()
    return [of("insights:visits_month", 2026, 3)]


def _panels(town: PageWalk) -> dict[str, int]:
    found = add_panels(town.people["admin"], town.people["olena"])
    return {state: panel.pk for state, panel in found.items()}


def _trust(town: PageWalk) -> list[PageCheck]:
    _panels(town)
    add_survey(town.people["ofi"])
    return [of("insights:trust"), of("insights:trust", width=360)]


def _panel(town: PageWalk) -> list[PageCheck]:
    pks = _panels(town)
    shown = [of("insights:panel", pks[state]) for state in ("closed", "drawn", "listed")]
    return [*shown, of("insights:panel", pks["closed"], width=360)]


def _answer(town: PageWalk) -> list[PageCheck]:
    pk = _panels(town)["drawn"]
    answer = "insights:panel_answer"
    return [of(answer, pk, who="olena"), of(answer, pk, who="olena", then=send)]


def _consent(town: PageWalk) -> list[PageCheck]:
    _panels(town)
    return [of("panel_account:consent", who=who) for who in ("olena", "charlie")]


def _desk(town: PageWalk) -> list[PageCheck]:
    _panels(town)
    return [of("panel_desk:panels", who="admin"), of("panel_desk:panels", who="ofi", status=403)]


def _new(town: PageWalk) -> list[PageCheck]:
    new = "panel_desk:new"
    return [of(new, who="admin"), of(new, who="admin", then=send)]


def _step(town: PageWalk) -> list[PageCheck]:
    return [of("panel_desk:panel", pk, who="admin") for pk in _panels(town).values()]


PAGES: dict[str, PageChecks] = {
    "insights:visits": _visits,
    "insights:visits_month": _month,
    "insights:trust": _trust,
    "insights:panel": _panel,
    "insights:panel_answer": _answer,
    "panel_account:consent": _consent,
    "panel_desk:panels": _desk,
    "panel_desk:new": _new,
    "panel_desk:panel": _step,
}

#: Routes that show no page, and why.
NO_PAGE = {
    "seen": "the empty picture that counts a visit",
    "insights:visits_csv": "a table for programs",
    "insights:trust_csv": "a table for programs",
    "insights:strata_csv": "a table for programs",
    "insights:panel_list": "the published list of keys",
    "insights:panel_drawn": "the keys that were drawn",
    "insights:lot_program": "the program that repeats the lot",
    "panel_desk:publish_list": "a button of the panel's page",
    "panel_desk:draw": "a form of the panel's page",
    "panel_desk:close": "a button of the panel's page",
}
