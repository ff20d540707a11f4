"""Forms of spreadsheets."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import RefusableForm


class BringForm(RefusableForm):
    """The filled spreadsheet."""

    refused_at = {"sheet.not_a_table": "file"}

    file = forms.FileField(
        label=_("Filled spreadsheet"),
        allow_empty_file=True,
        help_text=_(".xlsx, .ods or .csv, up to 5 MB. You see what it changes before it does."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv"}),
    )


class ApplyForm(RefusableForm):
    """The button that applies what was brought back."""

    overwrites = forms.BooleanField(
        label=_("Also write over what was changed on the site meanwhile"), required=False
    )
    unchecked = forms.BooleanField(
        label=_(
            "Also take the lines without a mark, whoever may have changed their rows meanwhile"
        ),
        required=False,
    )

    def offer(self, *, overwrites: bool, unchecked: bool) -> None:
        """Let these boxes be ticked."""
        for name, is_offered in (("overwrites", overwrites), ("unchecked", unchecked)):
            if not is_offered:
                del self.fields[name]
