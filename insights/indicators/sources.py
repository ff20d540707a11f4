"""All indicators, in the order of the page."""

from __future__ import annotations

from insights.indicators.measures import (
    appeals,
    consultations,
    moderation,
    participants,
    petitions,
    polls,
    services,
    visits,
)
from insights.indicators.registry import register

for each in (visits, appeals, consultations, petitions, polls, participants, moderation, services):
    register(*each.INDICATORS)
