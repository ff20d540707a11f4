"""A code that is copied from paper, and signing in by an account number and a sheet of codes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.paper import codes
from core.web.forms import RefusableForm


class CodeField(forms.CharField):
    """A code of ``length`` digits, as somebody copied it from paper.

    A slip of the pen is told, in the words ``misread``, before anything is looked for or counted.
    """

    def __init__(self, *, misread: str | Promise, length: int = codes.DIGITS, **more: Any) -> None:
        self.misread, self.length = misread, length
        attrs = {
            "inputmode": "numeric",
            "autocomplete": "one-time-code",
            "class": "govuk-input--width-20",
        }
        super().__init__(**{"max_length": 60, "widget": forms.TextInput(attrs), **more})

    def validate(self, value: Any) -> None:
        super().validate(value)
        if not codes.is_code(value, self.length):
            raise forms.ValidationError(str(self.misread), code="code.misread")


class SheetCodeForm(RefusableForm):
    """The next code of one's sheet."""

    code = CodeField(
        label=_("Next code from the sheet"),
        help_text=_("12 digits: the first code that is not crossed out."),
        misread=_("A code has 12 digits. Please compare it once more."),
    )


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
