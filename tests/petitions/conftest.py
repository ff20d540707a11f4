"""What the tests of petitions look at: the events so far, and coded refusals."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from core import events
from core.models import AuditEntry
from core.rules import Refused


@pytest.fixture
def emitted(monkeypatch):
    """The events of the actions so far, in order, those that handlers added too."""
    seen: list[events.Event] = []
    run = events.run_within

    def record(batch: list[events.Event]) -> None:
        run(batch)
        seen.extend(batch)

    monkeypatch.setattr(events, "run_within", record)
    return seen


@pytest.fixture
def refused():
    """``with refused("code"):`` expects the coded refusal, and that nothing was told of it."""

    @contextmanager
    def expect(code: str):
        audited = AuditEntry.objects.count()
        with pytest.raises(Refused) as refusal:
            yield
        assert refusal.value.verdict.code == code
        assert str(refusal.value.verdict.message)
        assert AuditEntry.objects.count() == audited

    return expect
