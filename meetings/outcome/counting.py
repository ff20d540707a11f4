"""Results of roll-calls by one query for many: counted by the database."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from meetings.models import RollCall, Vote
from meetings.rollcalls.majority import Result, result_of


def with_counts(roll_calls: QuerySet[RollCall]) -> QuerySet[Any]:
    """With the number of each choice, for ``result_of_counted``."""
    numbers = {
        f"number_{choice}": Count("votes", filter=Q(votes__choice=choice))
        for choice in Vote.Choice.values
    }
    return roll_calls.select_related("annulment").annotate(**numbers)


def result_of_counted(row: Any) -> Result:
    """Result of a row of ``with_counts``."""
    choices = [
        choice for choice in Vote.Choice.values for _each in range(getattr(row, f"number_{choice}"))
    ]
    return result_of(row, choices)
