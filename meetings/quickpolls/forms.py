"""The form of a survey of those present."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.control.forms import SeenItemForm
from meetings.models import Prepared
from meetings.quickpolls.actions import LASTS
from votes.models import Question
from votes.questions.forms import AskHereForm


class QuickPollForm(AskHereForm, SeenItemForm):
    """Form for a survey of those present: yes, no or abstain, or options of one's own."""

    field_order = ("text", "options", "how", "minutes", "results_while_open", "seen_item")

    how = forms.ChoiceField(
        label=_("What is chosen"),
        choices=Prepared.How.choices,
        initial=Prepared.How.ONE,
        required=False,
        help_text=_(
            "Of options of your own. Several, and an order, are chosen on the survey’s page."
        ),
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )
    minutes = forms.IntegerField(
        label=_("Closes automatically after, in minutes"),
        min_value=1,
        max_value=120,
        initial=int(LASTS.total_seconds() // 60),
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )

    def question(self) -> dict[str, Any]:
        asked = super().question()
        how = self.cleaned_data["how"] if asked["options"] else ""
        if how == Prepared.How.SEVERAL:
            return {**asked, "kind": Question.Kind.MULTIPLE}
        if how == Prepared.How.RANKED:
            return {**asked, "kind": Question.Kind.RANKED, "method": Question.Method.SCHULZE}
        return asked
