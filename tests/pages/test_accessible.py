"""axe finds nothing on any page, every page fits a narrow window, none asks another host, figures
are grouped.

One test a route, in Ukrainian: the page is opened at 1,280 px, judged by axe, then made narrow.
Contrast is judged by colours on every page (contrast.py). The costliest rule of axe,
color-contrast, judges the first page of an eighth of the routes a day; every page at night, when
what --all has tried is left out. In the dark it judges the first page of each route at night and
every day. An everyday run takes one route of each app, another one every day.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.pages import routes
from tests.pages.checks import (
    find_axe_violations,
    find_contrast_faults,
    find_dark_faults,
    find_narrow_faults,
    find_ungrouped_figures,
)
from tests.pages.contrast import find_unreadable_words
from tests.pages.page_checks import PageCheck
from tests.plugins.levels import level
from tests.plugins.walk import Walk


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "route" in metafunc.fixturenames:
        run = level(metafunc.config)
        # Each worker builds a town: not worth it for a few pages.
        marks = [pytest.mark.spread] if run.all else []
        chosen = [pytest.param(name, marks=marks) for name in routes.choose(run)]
        metafunc.parametrize("route", chosen)


def test_every_route_has_pages_or_a_reason_to_have_none():
    listed = set(routes.PAGES) | set(routes.NO_PAGE)
    assert routes.names() - listed == set(), "say in tests/pages/areas/ what they show"
    assert listed - routes.names() == set(), "no such routes any more"
    assert not set(routes.PAGES) & set(routes.NO_PAGE)


@pytest.mark.django_db(transaction=True)
def test_pages_are_accessible_and_fit(walk: Walk, route: str, request: pytest.FixtureRequest):
    run = level(request.config)
    # With --all there are hundreds of routes, and colours are tokens (tests/core/test_looks.py).
    dark = run.nightly or not run.all
    faults = []
    for place, look in enumerate(routes.PAGES[route](walk.town)):
        page, problem = walk.open(look)
        if problem:
            faults.append(f"{look}: {problem}")
            continue
        contrast = place == 0 and (dark or run.is_turn(route))
        found = find_dark_faults(page) if dark and place == 0 else []
        found += find_contrast_faults(page) if run.nightly else _judge(page, look, contrast)
        faults += [f"{look}: {fault}" for fault in found]
    faults += walk.complaints()
    assert not faults, "\n".join(faults)


def _judge(page: Page, look: PageCheck, contrast: bool) -> list[str]:
    found = find_axe_violations(page, contrast=contrast) + find_unreadable_words(page)
    return found + find_ungrouped_figures(page) + find_narrow_faults(page, look)
