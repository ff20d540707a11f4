"""Forms of surveys of trust. They gather what was written; the rules judge it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import DateField, DateInput, RefusableForm, TextField
from core.web.optimistic_lock import OptimisticLockForm
from insights.models import TrustSurvey
from insights.surveys.events import SurveyChanged, SurveyEntered

FIELDS = ("held_on", "source", "url", "question", "method", "answered", "trusting")

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[TrustSurvey]
else:
    _ModelForm = forms.ModelForm


class SurveyForm(RefusableForm, _ModelForm):
    """A survey that was held by another method than the panel."""

    refused_at = {"survey.not_held": "held_on", "survey.once": "source"}

    held_on = DateField(
        label=_("Last day of the survey"),
        widget=DateInput(attrs={"class": "govuk-input--width-10"}),
    )

    class Meta:
        model = TrustSurvey
        fields = FIELDS
        field_classes = {"method": TextField, "url": forms.URLField}
        widgets = {
            "method": forms.Textarea(attrs={"rows": 4}),
            "answered": forms.NumberInput(attrs={"class": "govuk-input--width-5"}),
            "trusting": forms.TextInput(
                attrs={"class": "govuk-input--width-5", "inputmode": "decimal"}
            ),
        }
        localized_fields = ("trusting",)
        help_texts = {
            "source": _("For example: a sociological centre, a report of the council, its day."),
            "question": _("As it was asked."),
            "method": _(
                "Who was asked and how: by telephone, in the street, on the internet; how they "
                "were chosen; what counted as trust."
            ),
            "answered": _("Empty: it is not known."),
            "trusting": _("As it was published, with one digit after the comma at most."),
        }

    def validate_constraints(self) -> None:
        """The rule says what is wrong."""

    def validate_unique(self) -> None:
        """The rule says what is wrong."""


class EditSurveyForm(OptimisticLockForm, SurveyForm):
    """A change of a survey."""

    saved_in = (SurveyEntered, SurveyChanged)
    saved_id = "survey_id"

    def current_values(self, row: TrustSurvey) -> Mapping[str, Any]:
        return {name: getattr(row, name) for name in FIELDS}
