"""Registration numbers: each day's begin with 1 and have no gaps (КМУ 348 п. 2)."""

from __future__ import annotations

from appeals.models import Appeal
from core.domain.counters import write_last

_NUMBER = """
WITH next AS (
    INSERT INTO appeals_registerday AS r (day, last) VALUES (%s, 1)
    ON CONFLICT (day) DO UPDATE SET last = r.last + 1
    RETURNING last
)
UPDATE appeals_appeal SET number = next.last FROM next WHERE id = %s
"""


def number_at_commit(appeal: Appeal) -> None:
    """Give the appeal the next number of its day when the action under way ends.

    Whoever registers on the same day waits for the day's row between this last statement and the
    COMMIT alone. An action that fails has taken no number.
    """
    day = appeal.registered_on
    write_last(f"appeals:{day}", _NUMBER, [day, appeal.pk])
