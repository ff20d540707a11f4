"""Signing in by an account number and the next code of one's sheet."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.paper import codes
from core.forms import RefusableForm


class SheetCodeForm(RefusableForm):
    """The next code of one's sheet. A slip of the pen is told before anything is counted."""

    code = forms.CharField(
        label=_("Next code from the sheet"),
        help_text=_("12 digits: the first code that is not crossed out."),
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "class": "govuk-input--width-20",
            }
        ),
    )

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not codes.is_code(code):
            raise forms.ValidationError(
                _("A code has 12 digits. Please compare it once more."), code="code.misread"
            )
        return code


class PaperSignInForm(SheetCodeForm):
    """The account number and the next code; whether they are right is not known here."""

    field_order = ("number", "code")

    number = forms.CharField(
        label=_("Account number"),
        help_text=_("8 digits; it stands at the head of your sheet."),
        max_length=30,
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "username",
                "class": "govuk-input--width-10",
            }
        ),
    )

    def clean_number(self) -> str:
        number = codes.digits_of(self.cleaned_data["number"])
        if not codes.is_number(number):
            raise forms.ValidationError(
                _("An account number has 8 digits. Please compare it once more."),
                code="paper.misread",
            )
        return number
