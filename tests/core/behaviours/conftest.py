"""Fixtures of the tests of scripts in a browser."""

from __future__ import annotations

import pytest

from tests.core.behaviours.site import Site


@pytest.fixture
def site(browser):
    site = Site(browser)
    yield site
    site.close()
    # A page of this test has no icon.
    assert not [said for said in site.complaints if "404" not in said]
