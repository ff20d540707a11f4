"""Reports of faults as they would go to Sentry: the fixture ``reports``."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import sentry_sdk
from sentry_sdk.transport import Transport

from core.web import fault_reports


class Sent(Transport):
    """Keeps what would go to Sentry, as it would go."""

    def __init__(self, options=None) -> None:
        super().__init__(options)
        self.envelopes: list[bytes] = []

    def capture_envelope(self, envelope) -> None:
        self.envelopes.append(envelope.serialize())

    def events(self) -> list[dict]:
        lines = [envelope.splitlines() for envelope in self.envelopes]
        return [json.loads(each[2]) for each in lines]


@pytest.fixture
def reports() -> Iterator[Sent]:
    transport = Sent()
    fault_reports.start(
        "https://key@sentry.example/1",
        release="viche@1",
        own=frozenset({"portal", "votes"}),
        transport=transport,
    )
    yield transport
    sentry_sdk.get_client().close(0)
    sentry_sdk.get_global_scope().set_client(None)
