"""Pages loaded in a narrow window fit, as those do that are made narrow (test_accessible.py).

Only so a script is caught that measures the window once, when the page is loaded. A night takes
half of the routes, those that test_english.py leaves out.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.pages import routes
from tests.pages.checks import find_narrow_faults
from tests.plugins.levels import level
from tests.plugins.walk import Walk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.spread, pytest.mark.nightly]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    run = level(metafunc.config)
    chosen = [name for name in routes.PAGES if not run.is_turn(name, one_in=2)]
    metafunc.parametrize("route", chosen)


def test_pages_loaded_narrow_fit_and_can_be_pressed(walk: Walk, route: str):
    faults = []
    for look in routes.PAGES[route](walk.town):
        page, problem = walk.open(replace(look, width=320, height=640))
        found = [problem] if problem else find_narrow_faults(page, look)
        faults += [f"{look}: {fault}" for fault in found]
    faults += walk.complaints()
    assert not faults, "\n".join(faults)
