"""Retention periods: each app says it for its own kinds, in periods.py.

    keep("evidence", days=7)

An installation says otherwise by a variable: ``KEEP_EVIDENCE_DAYS``. docs/environment.md lists
them, docs/privacy.md says which data each period is of.
"""

from __future__ import annotations

from datetime import timedelta

import environ

#: By kind (accounts/data/register.py: PersonalData.period).
PERIODS: dict[str, timedelta] = {}
env = environ.Env()


def keep(kind: str, *, days: int) -> None:
    """Say for how many days a kind is kept, unless its variable does."""
    _add(kind, timedelta(days=env.int(f"KEEP_{kind.upper()}_DAYS", default=days)))


def keep_for(kind: str, period: timedelta) -> None:
    """Say how long a kind is kept, whatever the installation."""
    _add(kind, period)


def period_of(kind: str) -> timedelta:
    """The period of a kind. Raises ``KeyError``."""
    return PERIODS[kind]


def _add(kind: str, period: timedelta) -> None:
    if PERIODS.setdefault(kind, period) != period:
        raise RuntimeError(f"The period of {kind!r} is said twice.")
