"""Objects and filled forms for the routes of insights."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from datasketches import hll_sketch, tgt_hll_type

from accounts.models import User
from core.domain import clock
from insights.models import Panel, PanelMember
from insights.panel import actions
from insights.visits.counting import LG_K, merge
from tests.insights import panels

if TYPE_CHECKING:
    from tests.access.city import City

Things = dict[str, tuple[Any, ...]]
#: The year of the panels here: a quarter is a state.
YEAR = 2030


def add_visits(day: date = date(2026, 3, 2), readers: int = 1200) -> date:
    """A day on which so many came."""
    sketch = hll_sketch(LG_K, tgt_hll_type.HLL_8)
    for reader in range(readers):
        sketch.update(reader)
    merge({(day, "0123456789abcdef"): sketch})
    return day


def add_panels(admin: User, member: User) -> dict[str, Panel]:
    """A panel in each state; ``member`` was drawn for the one that goes on."""
    found = {panel.quarter: panel for panel in Panel.objects.filter(year=YEAR)}
    if not found:
        panels.willing("panel-district", 18, 30)
        found[1] = panels.drawn(admin, year=YEAR, quarter=1)
        places = PanelMember.objects.filter(panel=found[1]).select_related("user")
        for place, value in zip(places, [5] * 6 + [4] * 7 + [2] * 5, strict=False):
            actions.answer(found[1], by=place.user, value=value)
        actions.close(found[1], by=admin)
        found[2] = panels.drawn(admin, year=YEAR, quarter=2)
        place = PanelMember.objects.filter(panel=found[2]).order_by("pk")[0]
        PanelMember.objects.filter(pk=place.pk).update(user=member)
        found[3] = panels.listed(admin, year=YEAR, quarter=3)
        found[4] = panels.prepared(admin, year=YEAR, quarter=4)
    return {"drawn": found[2], "closed": found[1], "listed": found[3], "prepared": found[4]}


def _panels(city: City, _parameters: tuple[str, ...]) -> Things:
    found = add_panels(city.people["admin"], city.people["olena"])
    return {state: (panel.pk,) for state, panel in found.items()}


def _known(city: City, parameters: tuple[str, ...]) -> Things:
    """Panels, of which the listed one can be drawn."""
    found = _panels(city, parameters)
    panels.make_known(Panel(pk=found["listed"][0]))
    return {"listed": found["listed"], **found}


def _month(_city: City, _parameters: tuple[str, ...]) -> Things:
    day = add_visits()
    return {"counted": (day.year, day.month), "not counted": (2020, 1)}


def _plan(_city: City, _arguments: tuple[Any, ...]) -> dict[str, Any]:
    now = clock.now()
    return {
        "year": "2031",
        "quarter": "1",
        "question": "Чи довіряєте ви раді?",
        "seats": "50",
        "seed_source": "маяк",
        "seed_at": f"{now + timedelta(days=2):%Y-%m-%dT%H:%M}",
        "closes_at": f"{now + timedelta(days=9):%Y-%m-%dT%H:%M}",
    }


ABOUT = {
    "insights:visits_month": _month,
    "insights:visits_csv": _month,
    **dict.fromkeys(
        (
            *("insights:panel", "insights:panel_list", "insights:panel_drawn"),
            *("insights:panel_answer", "panel_desk:panel"),
            *("panel_desk:publish_list", "panel_desk:close"),
        ),
        _panels,
    ),
    "panel_desk:draw": _known,
}
FORMS = {
    "insights:panel_answer": lambda city, arguments: {"value": "4"},
    "panel_account:consent": lambda city, arguments: {"agrees": "on"},
    "panel_desk:new": _plan,
    "panel_desk:draw": lambda city, arguments: {"seed": panels.SEED, "seed_link": panels.LINK},
}
