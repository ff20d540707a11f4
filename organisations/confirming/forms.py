"""Forms of the office about organisations."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.domain.email_addresses import EmailField
from core.web.forms import RefusableForm, TextField
from organisations.models import Organisation


class ConfirmForm(RefusableForm):
    """Which papers were shown; never their numbers."""

    papers = forms.MultipleChoiceField(
        label=_("What was shown"),
        choices=Organisation.Paper.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Say which documents you saw.")},
    )


class ReasonForm(RefusableForm):
    """Why something cannot be confirmed: the person reads it in a mail."""

    reason = TextField(
        label=_("Reason"),
        max_length=500,
        help_text=_("The person reads it and can correct what is wrong."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Please give the reason.")},
    )


class HeadForm(RefusableForm):
    """Form for the new head of an organisation that nobody runs."""

    email = EmailField(
        label=_("E-mail of the new head"),
        help_text=_("Look at the order of appointment first. A link goes there."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
