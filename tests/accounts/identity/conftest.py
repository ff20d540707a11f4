"""What the tests of identities share: people's codes and a check by a provider."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from stdnum.ua import rntrc

from accounts.identity import actions
from accounts.models import Level, User, Verification
from core.rules import Refused


def person_code(*, born: date = date(1990, 5, 17), number: int = 123) -> str:
    """A РНОКПП of nobody: days since 31.12.1899, an ordinal, the check digit."""
    nine = f"{(born - date(1899, 12, 31)).days:05}{number:04}"
    return nine + rntrc.calc_check_digit(nine)


def years_ago(years: int, *, today: date, days: int = 0) -> date:
    """The day ``years`` before ``today``, moved by ``days``."""
    return today.replace(year=today.year - years) + timedelta(days=days)


@contextmanager
def refused(code: str) -> Iterator[None]:
    """What happens inside is refused with ``code``."""
    with pytest.raises(Refused) as refusal:
        yield
    assert refusal.value.verdict.code == code


@pytest.fixture
def verified() -> Callable[..., Verification]:
    """``verified(charlie, person_code=…)``: a provider has checked who she is."""

    def check(user: User, **facts: Any) -> Verification:
        defaults = {
            "level": Level.SUBSTANTIAL,
            "how": Verification.How.PROVIDER,
            "source": "id.gov.ua",
        }
        return actions.verify(user, **{**defaults, **facts})

    return check
