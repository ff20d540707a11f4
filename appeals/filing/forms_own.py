"""Forms of an appeal that was filed: finding it, a new secret, withdrawing, rating, reopening."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from appeals.filing.fields import LineField
from appeals.querysets import read_number
from core.domain.email_addresses import EmailField
from core.domain.rules import Verdict
from core.web.forms import RefusableForm, TextField


class NumberField(LineField):
    """A registration number with its day, however it is written; its value is the two."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Number"),
            max_length=40,
            help_text=_("With the date: 12-27.11.2026"),
            widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-10"}),
            error_messages={"required": _("Type the number.")},
        )

    def clean(self, value: Any) -> Any:
        found = read_number(super().clean(value))
        if found is None or found[1] is None:
            raise forms.ValidationError(
                _("Type the number with its date, as it was given: 12-27.11.2026."), code="number"
            )
        return found


class _NumberForm(RefusableForm):
    number = NumberField()

    @property
    def numbered(self) -> tuple[int, date]:
        number: int
        day: date
        number, day = self.cleaned_data["number"]
        return number, day

    def refuse(self, verdict: Verdict) -> None:
        self.add_error(None, forms.ValidationError(str(verdict.message), code=verdict.code))


class FindForm(_NumberForm):
    """Number and secret."""

    secret = forms.CharField(
        label=_("Access code"),
        max_length=80,
        help_text=_("26 letters and digits. Hyphens and small letters do not matter."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Type the code that you got with the number.")},
    )


class RenewForm(_NumberForm):
    """Number, and e-mail and name that stand in the appeal."""

    email = EmailField(
        label=_("E-mail that you gave in it"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Type the e-mail.")},
    )
    name = LineField(
        label=_("Last name and first name, as you gave them"),
        max_length=200,
        help_text=_("So that nobody else gets a code if there is a slip in the e-mail."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Type your last name and first name.")},
    )


#: The rating as one chooses it, the best first.
RATINGS = (
    (5, _("Solved, and the answer is clear")),
    (4, _("Mostly solved")),
    (3, _("Solved in part, or hard to understand")),
    (2, _("Not solved, but I understand why")),
    (1, _("Not solved, and the answer is not clear")),
)


class RateForm(RefusableForm):
    """Whether the answer solves it and is clear."""

    rating = forms.TypedChoiceField(
        label=_("Is it solved, and is the answer clear?"),
        coerce=int,
        choices=RATINGS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    words = TextField(
        label=_("Anything to add?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReopenForm(RefusableForm):
    """Form for the questions that the answer leaves open."""

    reason = TextField(
        label=_("What does the answer leave open?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Say what the answer leaves open.")},
    )
