"""Measures of indicators: a module for each app whose work is measured."""

from __future__ import annotations

from insights.indicators.measures import (
    appeals,
    consultations,
    moderation,
    participants,
    petitions,
    polls,
    visits,
)
from insights.indicators.registry import register


def register_indicators() -> None:
    """Register all indicators, in the order of the page."""
    for each in (visits, appeals, consultations, petitions, polls, participants, moderation):
        register(*each.INDICATORS)
