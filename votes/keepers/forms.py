"""Forms of the desk for the keepers of a secret poll's keys."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import RefusableForm


class KeeperForm(RefusableForm):
    """The public half of a key, and whose file it is."""

    name = forms.CharField(label=_("Whose file it is"), max_length=100)
    public_key = forms.RegexField(
        r"^[0-9a-f]{64}$", label=_("The public half, of 64 digits, which the command printed")
    )


class AnswerForm(RefusableForm):
    """The answer to a challenge."""

    challenge = forms.CharField(max_length=1000)
    answer = forms.CharField(max_length=100)


class OpeningForm(RefusableForm):
    """A keeper's file, for the process that opens the boxes."""

    file = forms.FileField(
        label=_("The keeper’s file"),
        error_messages={"required": _("Choose the file.")},
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )
    same = forms.BooleanField(
        label=_("The public page of the poll shows the fingerprint of this file"),
        error_messages={"required": _("Compare the fingerprint first.")},
    )


class UnopenedForm(RefusableForm):
    """Form for a public note on boxes that did not open."""

    unopened_reason = forms.CharField(
        label=_("What everybody reads about the ballots that could not be opened"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Please give the reason.")},
    )
