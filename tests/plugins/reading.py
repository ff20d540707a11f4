"""Each feed and calendar that a test gets is read by another parser than the one that wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests.read_by_others import READERS


@pytest.fixture(scope="session", autouse=True)
def read_by_others() -> Iterator[None]:
    """Read what the client of tests is answered; a test fails where a reader would refuse it."""
    original = Client.request

    def request(self: Client, **asked: Any) -> Any:
        response = original(self, **asked)
        kind = response.get("Content-Type", "").partition(";")[0]
        is_whole = response.status_code == 200 and not response.streaming
        if kind in READERS and is_whole and asked.get("REQUEST_METHOD") != "HEAD":
            READERS[kind](response.content)
        return response

    Client.request = request  # type: ignore[method-assign]
    yield
    Client.request = original  # type: ignore[method-assign]
