"""The form of an act without a consultation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from city.models import Department
from consultations.acts.models import UrgentAct
from core.web.forms import DateField, DateInput, RefusableForm, TextField, offer

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[UrgentAct]
else:
    _ModelForm = forms.ModelForm


class UrgentActForm(RefusableForm, _ModelForm):
    """An act with why it could not wait, and its text."""

    refused_at = {
        "act.need_missing": "need",
        "act.justification_missing": "justification",
        "act.text_missing": "text",
        "act.in_the_future": "adopted_on",
        "act.published_late": "adopted_on",
        "act.number_missing": "number",
        "act.published_already": "number",
    }

    adopted_on = DateField(
        label=_("Adopted on"),
        widget=DateInput(attrs={"class": "govuk-input--width-10"}),
        help_text=_("Today: it is published on the day of its adoption (law 3841-IX art. 16(2))."),
    )

    class Meta:
        model = UrgentAct
        fields = (
            *("department", "title", "number", "adopted_on", "ground"),
            *("need", "justification", "text"),
        )
        field_classes = {"need": TextField, "justification": TextField, "text": TextField}
        widgets = {
            "ground": forms.RadioSelect,
            "need": forms.Textarea(attrs={"rows": 4}),
            "justification": forms.Textarea(attrs={"rows": 6}),
            "text": forms.Textarea(attrs={"rows": 16}),
        }
        help_texts = {
            "need": _("What would have happened to whom while people were being asked."),
            "justification": _("Facts, documents, conclusions on which this rests."),
        }

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Department.objects.offered()
        if not by.is_administrator:
            offered = offered.filter(pk__in=by.speaking_department_ids)
        offer(self, "department", offered)
        field = self.fields["ground"]
        if isinstance(field, forms.ChoiceField):
            field.choices = UrgentAct.Ground.choices

    def validate_unique(self) -> None:
        """The action refuses what is published already."""

    def validate_constraints(self) -> None:
        """The rule says what is missing."""
