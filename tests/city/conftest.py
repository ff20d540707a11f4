"""Counters of topics begin anew in each test, so pages that others kept do not count."""

import pytest

from core.web.pages import forget_pages


@pytest.fixture(autouse=True)
def without_kept_pages() -> None:
    forget_pages()
