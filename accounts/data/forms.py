"""The form of an erasure."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import RefusableForm

#: Either word will do, whichever the page is read in.
WORDS = ("видалити", "erase")


class EraseForm(RefusableForm):
    """The word that nobody types by accident."""

    word = forms.CharField(
        label=_("Type the word “erase”"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "none",
                "class": "govuk-input--width-10",
            }
        ),
        error_messages={"required": _("If you mean it, type the word here.")},
    )

    def clean_word(self) -> str:
        word: str = self.cleaned_data["word"].strip(" «»“”\"'").lower()
        if word not in WORDS:
            raise forms.ValidationError(
                _("This is not the word “erase”. Nothing has been erased."),
                code="data.not_the_word",
            )
        return word
