"""Forms of a report at the desk. They gather; the rules judge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.costs.table import MEASURES, SIZES
from consultations.events import ReportSaved
from consultations.models import Consultation, Report
from consultations.reports.models import LONGEST_OUTCOME, LONGEST_REASON, SECTIONS
from consultations.reports.mtest import MOST_AFFECTED, most_of
from core.web.forms import RefusableForm, TextField
from core.web.optimistic_lock import OptimisticLockForm
from organisations.models import Organisation

#: The longest note to a line of the М-тест, in characters.
LONGEST_NOTE = 300


def _section(label: Any, rows: int, help_text: Any, **more: Any) -> TextField:
    widget = forms.Textarea(attrs={"rows": rows})
    return TextField(label=label, required=False, help_text=help_text, widget=widget, **more)


class ReportForm(OptimisticLockForm):
    """Form for officers' texts of the report; texts of rows are added when it is published."""

    marks_optional = False  # what is needed, the publication says
    saved_in = (ReportSaved,)
    saved_id = "consultation_id"

    outcome = _section(
        _("What was decided, in short"),
        6,
        _("It also stands on the consultation’s page and in the mail to the participants."),
        max_length=LONGEST_OUTCOME,
    )
    subject = _section(
        _("Subject of the consultation"), 5, _("What was consulted on, and why it was needed.")
    )
    events = _section(
        _("Events that were held"),
        5,
        _("Hearings, meetings, polls: when, where, how many came. The dates are added."),
    )
    summary = _section(
        _("Summary of the proposals"),
        12,
        _("What people proposed, by subject. The table of all proposals is added."),
    )
    changes = _section(
        _("What changed in the text, and why"),
        8,
        _("In plain words. The clauses that changed, and because of which proposals, are added."),
    )

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        kwargs["initial"] = self.current_values(report)
        super().__init__(*args, **kwargs)

    def current_values(self, row: Report) -> Mapping[str, Any]:
        return {name: getattr(row, name) for name in SECTIONS}

    @classmethod
    def drawn_from_of(cls, report: Report) -> str:
        """The basis of a form drawn from ``report``: for a page that stays open after a save."""
        return str(cls(report=report)["drawn_from"].value())


class PublishForm(RefusableForm):
    """Why the report is published again; nothing the first time."""

    refused_at: ClassVar[Mapping[str, str]] = {
        "report.reason_missing": "reason",
        "report.contests_run": "names_contests",
    }

    reason = forms.CharField(
        label=_("Why the report is published again"),
        max_length=LONGEST_REASON,
        help_text=_("Everybody reads it in the new edition. The earlier ones stay to be read."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    names_contests = forms.BooleanField(
        label=_("Publish without waiting: the edition names these proposals and their contests"),
        required=False,
    )

    def __init__(
        self, *args: Any, consultation: Consultation, is_contested: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if consultation.reported_at is None:
            del self.fields["reason"]
        if not is_contested:
            del self.fields["names_contests"]


class CostsForm(OptimisticLockForm):
    """The working copy of the М-тест: figures for each size of business, and a note."""

    marks_optional = False
    saved_in = (ReportSaved,)
    saved_id = "consultation_id"

    def __init__(
        self, *args: Any, report: Report, medians: Mapping[str, Mapping[str, int]], **kwargs: Any
    ) -> None:
        self.medians = medians
        kwargs["initial"] = self.current_values(report)
        super().__init__(*args, **kwargs)
        for size in SIZES:
            for name, label in _LABELS.items():
                most = MOST_AFFECTED if name == "affected" else most_of(name)
                self.fields[f"{size}_{name}"] = forms.IntegerField(
                    label=label,
                    required=False,
                    min_value=0,
                    max_value=most,
                    widget=forms.TextInput(
                        attrs={"inputmode": "numeric", "class": "govuk-input--width-10"}
                    ),
                )
            self.fields[f"{size}_note"] = forms.CharField(
                label=_("Note (published)"), required=False, max_length=LONGEST_NOTE
            )

    def current_values(self, row: Report) -> Mapping[str, Any]:
        values: dict[str, Any] = {}
        for size in SIZES:
            figures = row.costs.get(size) or self.medians.get(size, {})
            values |= {f"{size}_{name}": figures.get(name) for name in _LABELS}
            values[f"{size}_note"] = figures.get("note", "")
        return values

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of each size of business, for its page."""
        names = (*_LABELS, "note")
        return [
            (str(Organisation.Size(size).label), [self[f"{size}_{name}"] for name in names])
            for size in SIZES
        ]

    def costs(self) -> dict[str, dict[str, Any]]:
        """The argument of ``save_costs``."""
        data = self.cleaned_data
        return {
            size: {name: data[f"{size}_{name}"] for name in (*_LABELS, "note")} for size in SIZES
        }


#: The figures of a size of business in the working copy.
_LABELS: dict[str, Any] = dict(
    zip(
        ("affected", *MEASURES),
        (
            _("Such businesses in the city (published)"),
            _("Hours of work, once"),
            _("Hours of work, every year"),
            _("Hryvnias, once"),
            _("Hryvnias, every year"),
        ),
        strict=True,
    )
)
