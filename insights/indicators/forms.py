"""Forms of indicators: the years of the founding table, goals, the yearly report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.web.forms import FilterForm, RefusableForm, TextField, offer_choices
from core.web.optimistic_lock import OptimisticLockForm
from insights.indicators.events import GoalSet, YearReportSaved
from insights.indicators.founding import MOST_YEARS
from insights.indicators.models import FIRST_YEAR, LAST_YEAR, LONGEST_TEXT, Goal, YearReport
from insights.indicators.registry import indicators

_YEAR = {"class": "govuk-input--width-4", "inputmode": "numeric"}
_FIGURE = {"class": "govuk-input--width-5", "inputmode": "decimal"}


class YearField(forms.IntegerField):
    """A year with four digits."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs=dict(_YEAR)), **kwargs)

    def clean(self, value: Any) -> int | None:
        words = str(value or "").strip()
        if not words and not self.required:
            return None
        year = int(words) if words.isascii() and words.isdigit() and len(words) == 4 else 0
        if not FIRST_YEAR <= year <= LAST_YEAR:
            wrong = _("Write a year from %(first)s to %(last)s, such as 2019.")
            raise forms.ValidationError(wrong % {"first": FIRST_YEAR, "last": LAST_YEAR})
        return year


class YearsForm(FilterForm):
    """The years that the founding table shows: ``from`` and ``to`` of the query string."""

    field_order = ("from", "to")

    def __init__(self, *args: Any, known: tuple[int, int], **kwargs: Any) -> None:
        self.known = known
        kwargs["initial"] = {"from": known[0], "to": known[1]}
        super().__init__(*args, **kwargs)
        self.fields["from"] = YearField(label=_("From year"), required=False)
        self.fields["to"] = YearField(label=_("To year"), required=False)

    def clean(self) -> dict[str, Any]:
        """Fill an empty year from the other one and from the years that have figures."""
        found: dict[str, Any] = super().clean() or {}
        if self.errors:
            return found
        first, last = found.get("from"), found.get("to")
        if last is None:
            last = max(self.known[1], first or 0)
            last = min(last, (first or self.known[0]) + MOST_YEARS - 1)
        if first is None:
            first = max(min(self.known[0], last), last - MOST_YEARS + 1)
        if first > last:
            self.add_error("to", _("The last year must not be before the first one."))
        elif last - first >= MOST_YEARS:
            self.add_error(
                "to", _("The table shows %(most)s years at most.") % {"most": MOST_YEARS}
            )
        self.years = (first, last)
        return found


class GoalForm(RefusableForm):
    """The goal of an indicator."""

    refused_at = {"indicators.unknown": "indicator"}

    indicator = forms.ChoiceField(label=gettext_lazy("Indicator"))
    year = YearField(label=gettext_lazy("Year"))
    direction = forms.ChoiceField(
        label=gettext_lazy("It should come to"),
        choices=Goal.Direction.choices,
        widget=forms.RadioSelect,
        initial=Goal.Direction.AT_LEAST,
    )
    value = forms.DecimalField(
        label=gettext_lazy("Goal"),
        help_text=gettext_lazy("In the unit of the indicator, for the whole year."),
        min_value=0,
        max_digits=13,
        decimal_places=1,
        localize=True,
        widget=forms.TextInput(attrs=dict(_FIGURE)),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "indicator" in self.fields:
            offer_choices(
                self, "indicator", [(each.slug, _indicator_name(each)) for each in indicators()]
            )


class EditGoalForm(OptimisticLockForm, GoalForm):
    """A change of a goal; its indicator and year stay."""

    saved_in = (GoalSet,)
    saved_id = "goal_id"

    indicator = None  # type: ignore[assignment]  # takes the field away
    year = None  # type: ignore[assignment]  # takes the field away

    def __init__(self, *args: Any, goal: Goal, **kwargs: Any) -> None:
        kwargs["initial"] = {**self.current_values(goal)}
        super().__init__(*args, **kwargs)

    def current_values(self, row: Goal) -> Mapping[str, Any]:
        return {"direction": row.direction, "value": row.value}


class ReportForm(OptimisticLockForm):
    """The part of the yearly report that an officer writes."""

    saved_in = (YearReportSaved,)
    saved_id = "report_id"
    refused_at = {"indicators.influence_missing": "influence"}

    influence = TextField(
        label=gettext_lazy("Influence of the consultations, in words"),
        help_text=gettext_lazy(
            "What changed in decisions because of what people proposed. An empty line begins a new "
            "paragraph. The numbers stand in the report by themselves."
        ),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    def __init__(self, *args: Any, report: YearReport, **kwargs: Any) -> None:
        kwargs["initial"] = {**self.current_values(report)}
        super().__init__(*args, **kwargs)

    def current_values(self, row: YearReport) -> Mapping[str, Any]:
        return {"influence": row.influence}


def _indicator_name(indicator: Any) -> str:
    return f"{indicator.title}, {indicator.unit}" if indicator.unit else str(indicator.title)
