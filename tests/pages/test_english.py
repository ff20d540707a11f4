"""English pages come about, and what is Ukrainian on them says so (core/templatetags/languages.py).

A sixth of the routes a day; at night all, loaded in a narrow window: so a script is caught that
measures the window once, when the page is loaded (test_accessible.py makes pages narrow that were
wide). axe judges one route in ten, at night all, for its rules know no language but `lang`; colours
are the same in both (test_accessible.py).
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.pages import routes
from tests.pages.checks import find_axe_violations, find_narrow_faults, find_unmarked_ukrainian
from tests.plugins.levels import level
from tests.plugins.walk import Walk

#: They are kept by a device, and say all in both languages under one address.
IN_BOTH = {"offline", "consultations:text", "verifier-file"}

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.spread, pytest.mark.long]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    run = level(metafunc.config)
    chosen = [name for name in routes.PAGES if run.nightly or run.is_turn(name, one_in=6)]
    if run.drawn:
        chosen = routes.choose(run)
    metafunc.parametrize("route", chosen)


def test_english_pages_mark_what_is_ukrainian(
    walk: Walk, route: str, request: pytest.FixtureRequest
):
    run = level(request.config)
    by_axe = run.nightly or run.is_turn(route, one_in=10)
    language = "uk" if route in IN_BOTH else "en"
    faults = []
    for look in routes.PAGES[route](walk.town):
        narrow = replace(look, width=320, height=640)
        page, problem = walk.open(narrow if run.nightly else look, language)
        if problem:
            faults.append(f"{look}: {problem}")
            continue
        found = []
        if run.nightly:
            found += find_narrow_faults(page, look)
            page.set_viewport_size({"width": look.width, "height": look.height})
        found += find_unmarked_ukrainian(page)
        if by_axe:
            found += find_axe_violations(page, contrast=False)
        faults += [f"{look}: {fault}" for fault in found]
    faults += walk.complaints()
    assert not faults, "\n".join(faults)
