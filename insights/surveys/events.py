"""Events of surveys of trust that were held by another method."""

from __future__ import annotations

from typing import ClassVar

from core.domain.events import Event


class SurveyEvent(Event):
    """Base of events of a survey."""

    audited: ClassVar[bool] = True
    survey_id: int
    by_id: int


class SurveyEntered(SurveyEvent):
    """A survey stands beside the panel's results."""


class SurveyChanged(SurveyEvent):
    """The figure of a survey, its source, method or day is other than before."""


class SurveyRemoved(SurveyEvent):
    """A survey does not stand beside the panel's results any more."""
