"""Forms of the press. They gather what was written; the rules judge it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.people.fields import clean_name, to_international
from core.domain.email_addresses import EmailField
from core.web.forms import DateField, DateInput, RefusableForm
from newsroom.press import rules
from newsroom.press.actions import Application
from newsroom.press.models import LONGEST_REASON


class ApplyForm(RefusableForm):
    """Form for an application: the journalist, the media outlet, and the contact."""

    refused_at = {"press.consent_missing": "consents"}

    name = forms.CharField(
        label=_("Name and surname"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    outlet = forms.CharField(
        label=_("Media outlet"),
        max_length=200,
        help_text=_("A newspaper, site, television or radio; a freelancer writes so."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = EmailField(
        label=_("E-mail"),
        help_text=_("We send a link there to confirm it, and then the decision and invitations."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        help_text=_("To tell you when something changes at the last moment."),
        widget=forms.TelInput(attrs={"autocomplete": "tel", "class": "govuk-input--width-20"}),
    )
    document_number = forms.CharField(
        label=_("Number of the editorial document"),
        max_length=50,
        required=False,
        help_text=_("The number of your press card or of the letter of the editors."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    consents = forms.BooleanField(
        label=_("I agree that the council processes these data for accreditation"),
        error_messages={"required": rules.MUST_AGREE},
    )

    wants_releases = forms.BooleanField(
        label=_("I agree to get press releases too, some of them before the end of an embargo"),
        required=False,
        help_text=_(
            "Not needed for accreditation. You take it back on the page of your accreditation."
        ),
    )

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])

    def clean_phone(self) -> str:
        return to_international(self.cleaned_data["phone"])

    def application(self) -> Application:
        """Arguments of actions.apply."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "consents"}
        return Application(**values)


class GrantForm(RefusableForm):
    """Until when."""

    refused_at = {"press.term_past": "until", "press.term_too_long": "until"}

    until = DateField(
        label=_("Accredited until"), widget=DateInput(attrs={"class": "govuk-input--width-10"})
    )


class ReasonForm(RefusableForm):
    """Why it is refused or ended."""

    refused_at = {"press.reason_missing": "reason"}

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        help_text=_("The journalist reads it in the mail."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", "why")
        super().__init__(*args, **kwargs)
