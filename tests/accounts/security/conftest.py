"""Fixtures of the tests of second factors and sessions."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.factors import App, connect_app


def options_in(page: Any) -> dict[str, Any]:
    """The challenge that a page holds for the browser."""
    found = re.search(
        r'<script id="passkey-options" type="application/json">(.*?)</script>',
        page.content.decode(),
    )
    assert found, page.content.decode()
    return dict(json.loads(found[1]))


@pytest.fixture
def browser_client() -> Callable[[], Client]:
    """A browser at http://localhost, where passkeys work without TLS."""
    return lambda: Client(HTTP_HOST="localhost")


@pytest.fixture
def app(resident) -> App:
    """The resident's app."""
    return connect_app(resident)
