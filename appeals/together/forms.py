"""Forms of one answer to many appeals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from appeals.answers.rules import REFUSING
from appeals.many.forms import TickedForm
from appeals.models import Answer, Appeal
from core.web.forms import FilterForm, TextField, offer_choices


class TogetherFilter(FilterForm):
    """Which appeals are offered: those of one kind, with these words."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=Appeal.Kind)
    q = forms.CharField(
        label=_("Number, name or words"), required=False, max_length=200, strip=True
    )


class TogetherForm(TickedForm):
    """Words and result that answer each of the ticked appeals."""

    field_order = ("appeals", "text", "result", "is_ready")

    text = TextField(
        label=_("Answer"),
        max_length=20_000,
        help_text=_(
            "Each letter greets its own applicant and has a number of its own: write what all of "
            "them may read, without a greeting and without anything of one of them."
        ),
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    result = forms.ChoiceField(label=_("Result"), choices=Answer.Result, widget=forms.RadioSelect)
    is_ready = forms.BooleanField(
        label=_("They are ready: ask a head to approve them"), required=False
    )

    def __init__(self, *args: Any, is_request: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_request:
            # What is refused of a request is refused by a step of its own.
            kept = [each for each in Answer.Result.choices if each[0] not in REFUSING]
            offer_choices(self, "result", kept)


class FinishForm(TickedForm):
    """Ticked appeals whose drafts were read."""

    def __init__(self, *args: Any, appeals: Sequence[tuple[Appeal, str]], **kwargs: Any) -> None:
        super().__init__(*args, appeals=appeals, **kwargs)
        self.fields["appeals"].label = _("Appeals whose answers you have read")
