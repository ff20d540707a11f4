"""The form of a survey of those present."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.actions.quickpolls import LASTS
from meetings.control.forms import SeenItemForm
from votes.desk.forms_questions import AskHereForm


class QuickPollForm(AskHereForm, SeenItemForm):
    """What is asked of those present: yes, no or abstain, or options of one's own."""

    field_order = ("text", "options", "minutes", "results_while_open", "seen_item")

    minutes = forms.IntegerField(
        label=_("Closes automatically after, in minutes"),
        min_value=1,
        max_value=120,
        initial=int(LASTS.total_seconds() // 60),
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )
