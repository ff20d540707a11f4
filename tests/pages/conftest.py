"""The town of `walk` outlives a test: the database is emptied after the last test of a file."""

from __future__ import annotations

import pytest


@pytest.fixture
def _django_db_helper() -> None:
    """In place of pytest-django's, which would empty the database after each test."""
