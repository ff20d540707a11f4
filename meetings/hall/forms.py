"""Forms of shows of hands. They gather what was said; the rules judge it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import RefusableForm
from meetings.control.forms import SeenItemForm
from meetings.hall.figures import Figures
from meetings.hall.models import LONGEST_SHOWN
from meetings.hall.rules import MOST_COUNTED


class ShowForm(SeenItemForm):
    """Form for the question of a show of hands."""

    refused_at = dict.fromkeys(("hands.question_missing", "hands.question_too_long"), "question")

    question = forms.CharField(
        label=_("What is asked"),
        max_length=LONGEST_SHOWN,
        help_text=_("It can be answered by: for, against, I abstain. It stands on the display."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Please say what is asked.")},
    )


def _number(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=MOST_COUNTED,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
        error_messages={"required": _("Please enter a number, 0 for no hands.")},
    )


class CountForm(RefusableForm):
    """Form for the secretary's count in the hall; ``seen``: the value shown before."""

    counted_for = _number(_("For"))
    counted_against = _number(_("Against"))
    counted_abstained = _number(_("Abstained"))
    seen = forms.RegexField(
        r"\A[0-9]+-[0-9]+-[0-9]+\Z",
        required=False,
        widget=forms.HiddenInput(attrs={"id": False}),
    )

    @property
    def counted(self) -> Figures:
        names = ("counted_for", "counted_against", "counted_abstained")
        return Figures(*(self.cleaned_data[name] for name in names))

    @property
    def seen_figures(self) -> Figures | None:
        said = self.cleaned_data["seen"]
        return Figures(*map(int, said.split("-"))) if said else None
