"""Actions on indicators: goals, imported figures, the yearly report."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.calendar import local_date
from core.domain.events import emit
from core.domain.rules import require
from core.domain.topics import raise_topic
from core.web.idempotency import created
from insights.indicators import rules
from insights.indicators.events import (
    GoalRemoved,
    GoalSet,
    IndicatorsImported,
    YearReportPublished,
    YearReportSaved,
)
from insights.indicators.loading import Row, WrongLine
from insights.indicators.measuring import TOPIC
from insights.indicators.models import Goal, IndicatorValue, Kind, Source, YearReport
from insights.indicators.periods import Period
from insights.indicators.registry import has_indicator
from insights.indicators.report import compose, to_json


def set_goal(*, by: User, indicator: str, year: int, direction: str, value: Decimal) -> Goal:
    """Set the goal of an indicator in a year, in place of a former one. Refused: rules.set_goal."""
    with action():
        require(rules.set_goal(by, is_known=has_indicator(indicator)))
        goal, _new = Goal.objects.update_or_create(
            indicator=indicator,
            year=year,
            defaults={"direction": direction, "value": value},
        )
        created(goal)
        emit(GoalSet(by.pk, goal.pk))
        raise_topic(TOPIC, "GoalSet", goal.pk)
        return goal


def change_goal(goal: Goal, *, by: User, direction: str, value: Decimal) -> Goal:
    """Change the figure or the direction of a goal. Refused: rules.manage."""
    with action():
        goal = locked(goal)
        require(rules.manage(by))
        goal.direction, goal.value = direction, value
        goal.save(update_fields=["direction", "value"])
        emit(GoalSet(by.pk, goal.pk))
        raise_topic(TOPIC, "GoalSet", goal.pk)
        return goal


def remove_goal(goal: Goal, *, by: User) -> None:
    """Remove the goal of an indicator in a year. Refused: rules.manage."""
    with action():
        goal = locked(goal)
        require(rules.manage(by))
        emit(GoalRemoved(by.pk, goal.pk))
        raise_topic(TOPIC, "GoalRemoved", goal.pk)
        goal.delete()


def import_values(rows: Iterable[Row]) -> dict[str, int]:
    """Store imported figures, all or none; returns how many are new, changed and unchanged. Raises
    loading.WrongLine where a figure was measured here. Three queries."""
    counts = {"new": 0, "changed": 0, "same": 0}
    with action():
        known = {
            (each.indicator, each.period_kind, each.period_start, each.kind): each
            for each in IndicatorValue.objects.select_for_update(no_key=True).filter(breakdown="")
        }
        new, changed = list[IndicatorValue](), list[IndicatorValue]()
        for row in rows:
            stored = known.get(row.key)
            if stored is None:
                new.append(_import_row(row))
            elif stored.source == Source.MEASURED:
                raise WrongLine(row.line, measured_here(row.period))
            elif (stored.value, stored.note) != (row.value, row.note):
                stored.value, stored.note = row.value, row.note
                changed.append(stored)
            else:
                counts["same"] += 1
        IndicatorValue.objects.bulk_create(new)
        IndicatorValue.objects.bulk_update(changed, ["value", "note"])
        if new or changed:
            emit(IndicatorsImported(None))
            raise_topic(TOPIC, "IndicatorsImported")
    return counts | {"new": len(new), "changed": len(changed)}


def _import_row(row: Row) -> IndicatorValue:
    return IndicatorValue(
        indicator=row.indicator,
        period_kind=row.period.kind,
        period_start=row.period.first,
        kind=Kind(row.kind),
        value=row.value,
        note=row.note,
        source=Source.IMPORTED,
    )


def measured_here(period: Period) -> str:
    """The reason why a figure cannot be imported: it was measured here."""
    return _("the fact of %(period)s was measured here and is not replaced.") % {
        "period": period.code
    }


def save_report(report: YearReport, *, by: User, influence: str) -> YearReport:
    """Save the working copy. Refused: rules.manage."""
    with action():
        report = locked(report)
        require(rules.manage(by))
        report.influence = influence
        report.changed_at, report.changed_by = clock.now(), by
        report.save(update_fields=["influence", "changed_at", "changed_by"])
        emit(YearReportSaved(by.pk, report.pk))
        return report


def publish_report(report: YearReport, *, by: User) -> YearReport:
    """Publish the report as it is now, in place of a former edition. Refused:
    rules.publish_report."""
    with action():
        report = locked(report)
        now = clock.now()
        is_over = report.year < local_date(now).year
        require(rules.publish_report(by, influence=report.influence, is_over=is_over))
        content: list[dict[str, Any]] = to_json(compose(report))
        report.content, report.edition = content, report.edition + 1
        report.published_at, report.published_by = now, by
        report.save(update_fields=["content", "edition", "published_at", "published_by"])
        emit(YearReportPublished(by.pk, report.pk))
        raise_topic(TOPIC, "YearReportPublished", report.pk)
        return report
