"""What an action did: ``emitted``, its events in order, and ``refused``, its coded refusal.

with refused("petition.not_yours"):
    actions.withdraw(petition, by=bohdan, reason="…")
assert emitted == []
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from core.domain import events
from core.domain.rules import Refused
from core.models import AuditEntry


@contextmanager
def refusal(code: str) -> Iterator[None]:
    """What is done inside is refused with ``code`` and in words, and leaves no trace of a deed."""
    audited = AuditEntry.objects.count()
    with pytest.raises(Refused) as refused:
        yield
    assert refused.value.verdict.code == code
    assert str(refused.value.verdict.message)
    assert AuditEntry.objects.count() == audited


@pytest.fixture
def refused() -> Callable[[str], AbstractContextManager[None]]:
    """``with refused("code"):`` expects the coded refusal."""
    return refusal


@pytest.fixture
def emitted(monkeypatch: pytest.MonkeyPatch) -> list[events.Event]:
    """The events of the actions so far, in order, those that handlers added too."""
    seen: list[events.Event] = []
    run = events.run_handlers

    def record(batch: list[events.Event]) -> None:
        run(batch)
        seen.extend(batch)

    monkeypatch.setattr(events, "run_handlers", record)
    return seen
