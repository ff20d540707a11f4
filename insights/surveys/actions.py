"""Actions on surveys of trust: enter, change, remove."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.calendar import local_date
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from insights.indicators.rules import manage
from insights.models import TrustSurvey
from insights.surveys import rules
from insights.surveys.events import SurveyChanged, SurveyEntered, SurveyRemoved


def enter(*, by: User, fields: Mapping[str, Any]) -> TrustSurvey:
    """Enter a survey; ``fields``: values of its editable columns. Refuses by rules.enter. Emits
    SurveyEntered."""
    with action():
        survey = TrustSurvey(entered_by=by, **fields)
        _require(survey, by)
        survey.save()
        created(survey)
        emit(SurveyEntered(survey.pk, by.pk))
        return survey


def change(survey: TrustSurvey, *, by: User, fields: Mapping[str, Any]) -> TrustSurvey:
    """Change a survey. Refuses by rules.enter. Emits SurveyChanged."""
    with action():
        survey = locked(survey)
        for name, value in fields.items():
            setattr(survey, name, value)
        _require(survey, by)
        survey.save(update_fields=list(fields))
        emit(SurveyChanged(survey.pk, by.pk))
        return survey


def remove(survey: TrustSurvey, *, by: User) -> None:
    """Remove a survey that was entered by mistake. Refuses by indicators.rules.manage. Emits
    SurveyRemoved."""
    with action():
        survey = locked(survey)
        require(manage(by))
        emit(SurveyRemoved(survey.pk, by.pk))
        survey.delete()


def _require(survey: TrustSurvey, by: User) -> None:
    alike = TrustSurvey.objects.filter(
        held_on=survey.held_on, source=survey.source, question=survey.question
    ).exclude(pk=survey.pk)
    today = local_date(clock.now())
    require(rules.enter(by, held_on=survey.held_on, today=today, is_new=not alike.exists()))
