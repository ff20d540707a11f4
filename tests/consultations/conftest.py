"""Consultations in the states that these tests speak of."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from consultations.models import State
from core import events
from core.models import AuditEntry
from core.rules import Refused
from tests import factories


@pytest.fixture
def preparing(department):
    return factories.consultation(department, State.PREPARING)


@pytest.fixture
def opened(department):
    """A consultation that is open now."""
    return factories.consultation(department, State.OPEN)


@pytest.fixture
def closed(department):
    return factories.consultation(department, State.CLOSED)


@pytest.fixture
def stranger(db):
    """An officer of another department."""
    return factories.user(
        "stranger",
        role="officer",
        department=factories.department("Департамент освіти", slug="education"),
    )


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
