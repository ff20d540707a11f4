"""The register of personal data in insights."""

from __future__ import annotations

from accounts.data.register import impersonal, staff_references
from insights.models import Goal, IndicatorValue, YearReport

# --- Indicators -----------------------------------------------------------------------------------

impersonal(IndicatorValue, why="counts, of parts none of them small")
impersonal(Goal, why="what the city strives for")
staff_references(YearReport, "published_by", "changed_by")
