"""Organisations that these tests speak of, and what they need to see of actions."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from core import events
from core.models import AuditEntry
from core.rules import Refused
from organisations import actions
from organisations.models import Mandate, Organisation
from tests import factories

CODE = "04053915"
DESCRIBED = {
    "name": "Товариство з обмеженою відповідальністю «Тераса»",
    "short_name": "ТОВ «Тераса»",
    "location": "50001, пл. Рудникова, 2",
    "sector": "I",
    "size": "micro",
    "contact": "(000) 000-00-07",
}


@pytest.fixture
def claim(olena) -> Organisation:
    """Registered by olena, confirmed by nobody yet."""
    return actions.register(by=olena, kind="legal", code=CODE, fields=DESCRIBED)


@pytest.fixture
def company(olena) -> Organisation:
    """A confirmed organisation that olena heads."""
    made = factories.organisation("ТОВ «Тераса»", registered_by=olena)
    factories.mandate(olena, made, is_head=True)
    return made


@pytest.fixture
def head(company, olena) -> Mandate:
    return Mandate.objects.get(organisation=company, user=olena)


@pytest.fixture
def colleague(company, firm) -> Mandate:
    """What firm may do for the company: speak."""
    return factories.mandate(firm, company, scopes=["comment"])


@pytest.fixture
def second(department):
    """Another officer of the same department."""
    return factories.user("second", "Друга", "Посадова", role="officer", department=department)


@pytest.fixture
def emitted(monkeypatch):
    """The events of the actions so far, in order."""
    seen: list[events.Event] = []
    run = events.run_within

    def record(batch: list[events.Event]) -> None:
        run(batch)
        seen.extend(batch)

    monkeypatch.setattr(events, "run_within", record)
    return seen


@pytest.fixture
def refused():
    """``with refused("code"):`` expects the coded refusal, and that no trace of a deed is left."""

    @contextmanager
    def expect(code: str):
        audited = AuditEntry.objects.count()
        with pytest.raises(Refused) as refusal:
            yield
        assert refusal.value.verdict.code == code
        assert str(refusal.value.verdict.message)
        assert AuditEntry.objects.count() == audited

    return expect
