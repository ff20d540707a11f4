"""English pages come about, and what is Ukrainian on them says so (core/templatetags/languages.py).

A sixth of the routes a day, half with --nightly. axe judges one route in ten here, for its rules
know no language but `lang`; colours are the same in both (test_accessible.py).
"""

from __future__ import annotations

import pytest

from tests.pages import routes
from tests.pages.checks import find_axe_violations, find_unmarked_ukrainian
from tests.plugins.levels import level
from tests.plugins.walk import Walk

#: They are kept by a device, and say all in both languages under one address.
IN_BOTH = {"offline", "consultations:text"}

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.spread, pytest.mark.long]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    run = level(metafunc.config)
    names = [name for name in routes.PAGES if name not in IN_BOTH]
    one_in = 2 if run.nightly else 6
    metafunc.parametrize("route", [name for name in names if run.is_turn(name, one_in=one_in)])


def test_english_pages_mark_what_is_ukrainian(
    walk: Walk, route: str, request: pytest.FixtureRequest
):
    run = level(request.config)
    by_axe = run.nightly or run.is_turn(route, one_in=10)
    faults = []
    for look in routes.PAGES[route](walk.town):
        page, problem = walk.open(look, "en")
        if problem:
            faults.append(f"{look}: {problem}")
            continue
        found = find_unmarked_ukrainian(page)
        if by_axe:
            found += find_axe_violations(page, contrast=False)
        faults += [f"{look}: {fault}" for fault in found]
    faults += walk.complaints()
    assert not faults, "\n".join(faults)
