"""Forms of panels."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import DateTimeField, RefusableForm
from insights.models import PanelTally

QUESTION = "Наскільки ви довіряєте міській раді?"
QUESTION_EN = "How far do you trust the city council?"


class PlanForm(RefusableForm):
    """Form for a panel's terms before its list is published."""

    refused_at = {
        "panel.seed_too_soon": "seed_at",
        "panel.closes_too_soon": "closes_at",
        "panel.once": "quarter",
    }

    year = forms.IntegerField(label=_("Year"), min_value=2020, max_value=2100)
    quarter = forms.TypedChoiceField(
        label=_("Quarter"), coerce=int, choices=[(n, str(n)) for n in (1, 2, 3, 4)]
    )
    question = forms.CharField(label=_("Question"), max_length=300, initial=QUESTION)
    question_en = forms.CharField(
        label=_("Question in English"), max_length=300, required=False, initial=QUESTION_EN
    )
    seats = forms.IntegerField(
        label=_("How many people are drawn?"), min_value=5, max_value=5000, initial=400
    )
    seed_source = forms.CharField(
        label=_("Where will the seed be published?"),
        max_length=300,
        help_text=_(
            "A public value that nobody can know or choose today, for example “drand quicknet, "
            "round 20000000” or the numbers of a draw of a state lottery. It cannot be changed "
            "after the list is published."
        ),
    )
    seed_at = DateTimeField(label=_("When does the seed become known?"))
    closes_at = DateTimeField(label=_("Until when may people answer?"))


class SeedForm(RefusableForm):
    """The seed as it was published, and where."""

    refused_at = {"panel.no_seed": "seed"}

    seed = forms.CharField(
        label=_("Seed"),
        max_length=300,
        help_text=_(
            "As it is published. Capital letters, blanks and leading zeros make no difference."
        ),
    )
    seed_link = forms.URLField(
        label=_("Where is it published?"), max_length=500, assume_scheme="https"
    )


class ConsentForm(RefusableForm):
    """Whether one may be drawn."""

    agrees = forms.BooleanField(
        label=_("I agree to be drawn by lot and asked one question a quarter"), required=False
    )


class AnswerForm(RefusableForm):
    """The answer to a panel's question."""

    refused_at = {"panel.no_such_answer": "value"}

    value = forms.TypedChoiceField(
        label=_("Your answer"), coerce=int, choices=PanelTally.Value, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, question: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].label = question
