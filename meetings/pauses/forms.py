"""Forms of pauses: one that ends at a time, or on another day; going on without a quorum."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import DateTimeField, DateTimeInput, RefusableForm
from meetings.models import Pause
from meetings.rollcalls.models import LONGEST_REASON


class PauseForm(RefusableForm):
    """Form for the reason and the end of a pause."""

    refused_at = {"pause.in_the_past": "resumes_at", "pause.too_far": "resumes_at"}

    seen_pause = forms.IntegerField(
        required=False, min_value=1, widget=forms.HiddenInput(attrs={"id": False})
    )
    kind = forms.ChoiceField(
        label=_("What interrupts the meeting"),
        choices=Pause.Kind.choices,
        initial=Pause.Kind.RECESS,
        widget=forms.RadioSelect,
    )
    resumes_at = DateTimeField(
        label=_("The meeting goes on"),
        required=False,
        help_text=_(
            "Everybody sees it with a countdown. On another day: the session continues then. Leave "
            "this empty if nobody knows yet."
        ),
        widget=DateTimeInput(attrs={"class": "govuk-input--width-20"}),
    )


class RepeatForm(RefusableForm):
    """Why a suspended roll-call is repeated though no quorum is left."""

    refused_at = {"rollcall.no_quorum": "no_quorum_reason"}

    seen_pause = forms.IntegerField(
        required=False, min_value=1, widget=forms.HiddenInput(attrs={"id": False})
    )
    no_quorum_reason = forms.CharField(
        label=_("Why it is opened without a quorum"),
        max_length=LONGEST_REASON,
        help_text=_("The log keeps it. A procedural question needs none."),
        error_messages={"required": _("Please give the reason.")},
    )

    def __init__(self, *args: Any, needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["no_quorum_reason"].required = needs_reason
