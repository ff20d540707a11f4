"""Models of insights: visits, indicators, panels."""

from insights.indicators.models import (
    Breakdown,
    Goal,
    IndicatorValue,
    Kind,
    Source,
    YearReport,
)
from insights.indicators.periods import PeriodKind
from insights.panel.models import Panel, PanelConsent, PanelMember, PanelStratum, PanelTally
from insights.surveys.models import TrustSurvey
from insights.visits.models import VisitorSketch

__all__ = [
    "Breakdown",
    "Goal",
    "IndicatorValue",
    "Kind",
    "Panel",
    "PanelConsent",
    "PanelMember",
    "PanelStratum",
    "PanelTally",
    "PeriodKind",
    "Source",
    "TrustSurvey",
    "VisitorSketch",
    "YearReport",
]
