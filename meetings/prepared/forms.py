"""Forms of what is prepared before a meeting. They gather; the rules judge."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import RefusableForm
from meetings.models import Prepared
from votes.questions.forms import OptionsField


class PreparedForm(RefusableForm):
    """A survey or an announcement."""

    refused_at = {
        **dict.fromkeys(("prepared.text_missing", "prepared.text_too_long"), "text"),
        **dict.fromkeys(("prepared.options_missing", "prepared.options_of_a_survey"), "options"),
    }

    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=Prepared.Kind.choices,
        initial=Prepared.Kind.SURVEY,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Question, or the words of the announcement"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    options = OptionsField(
        label=_("Options, one a line"),
        required=False,
        help_text=_("Of a survey. Leave it empty for yes, no or abstain."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    how = forms.ChoiceField(
        label=_("What is chosen"),
        choices=Prepared.How.choices,
        initial=Prepared.How.ONE,
        widget=forms.RadioSelect,
    )
    results_while_open = forms.BooleanField(
        label=_("Show the bars while people vote"), required=False, initial=True
    )

    def said(self) -> dict[str, Any]:
        """Arguments of the action."""
        return {
            **self.cleaned_data,
            "options": [option["text"] for option in self.cleaned_data["options"]],
        }
