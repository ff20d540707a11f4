"""The city of tests.access, in which every list of the site has something."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.access.city import City
from tests.access.conftest import NAMES, ready_for_city
from tests.access.lasting import lasting_city


@pytest.fixture(scope="module")
def _city(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: Any,
    complete_sign_in: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[City]:
    place = tmp_path_factory.mktemp("city")
    with ready_for_city(), lasting_city(request, django_db_blocker, place, *NAMES) as city:
        yield city
