"""The city for all tests of a file: in one transaction that is taken back after the last of them.

Each test runs in a savepoint of it. Tests with real transactions end the transaction that they
find, so they stand in files of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import override_settings

from tests import people
from tests.access.city import City, build


def folders(place: Path) -> dict[str, Path]:
    """The settings of the city's files."""
    return {
        "MEDIA_ROOT": place / "media",
        "PRIVATE_ROOT": place / "private",
        "MAIL_KEPT_AT": place / "mail",
    }


@contextmanager
def lasting_city(
    request: pytest.FixtureRequest, blocker: Any, place: Path, *names: str
) -> Iterator[City]:
    """The city with these people, for a fixture of a module. ``place``: for its files."""
    _refuse_real_transactions(request)
    with blocker.unblock(), override_settings(**folders(place)), transaction.atomic():
        department = people.load_department()
        city = build({name: people.load(name) for name in names}, department)
        # Else the end of every test checks all rows of the city anew.
        connection.check_constraints()
        yield city
        transaction.set_rollback(True)


def _refuse_real_transactions(request: pytest.FixtureRequest) -> None:
    for item in request.session.items:
        marker = item.get_closest_marker("django_db")
        if item.path == request.path and marker and marker.kwargs.get("transaction"):
            raise pytest.UsageError(f"{item.nodeid} needs a file without the lasting city")
