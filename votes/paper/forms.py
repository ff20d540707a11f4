"""Forms of the desk for ballots on paper: to print empty ones, and to type a filled-in one."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import RefusableForm, whole_number
from votes.paper.sheets import MOST as MOST_SHEETS


class PrintForm(RefusableForm):
    """Which empty ballots to print."""

    first = whole_number(_("Number of the first ballot"), most=999_999, width=5, initial=1)
    count = whole_number(_("How many"), most=MOST_SHEETS, width=5, initial=20)

    def numbers(self) -> range:
        first = self.cleaned_data["first"]
        return range(first, first + self.cleaned_data["count"])


class SheetForm(RefusableForm):
    """The number that stands on a paper ballot."""

    number = forms.CharField(
        label=_("Number of the sheet"),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        error_messages={"required": _("Type the number that stands on the sheet.")},
    )
