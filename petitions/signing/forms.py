"""Forms of signing. They gather what was written; the rules judge it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.people.fields import clean_name
from core.domain.email_addresses import EmailField
from core.web.forms import DateField, RefusableForm
from petitions.models import Procedure


class SignForm(RefusableForm):
    """Form for a signer's choices: whether the name is shown, and mails come."""

    name_withheld = forms.BooleanField(
        label=_("Do not show my name on the list"),
        required=False,
        help_text=_("The signature counts all the same; the council can see whose it is."),
    )
    #: A consent: never ticked beforehand.
    wants_news = forms.BooleanField(label=_("Tell me by e-mail what becomes of it"), required=False)

    def __init__(self, *args: Any, procedure: Procedure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not procedure.names_may_be_withheld:
            del self.fields["name_withheld"]


def chosen_options(posted: QueryDict) -> dict[str, bool]:
    """Ticked choices of a SignForm, as the arguments of an action. Nothing can be wrong with it,
    and where people come by tens of thousands no form need be made to find that out.
    """
    return {name: bool(posted.get(name)) for name in ("name_withheld", "wants_news")}


class MailForm(SignForm):
    """Signing without an account: a name, and an address where the link is sent."""

    field_order = ("name", "email", "name_withheld", "wants_news")

    name = forms.CharField(
        label=_("First and last name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your first and last name.")},
    )
    email = EmailField(
        label=_("E-mail"),
        help_text=_(
            "We send a link there: without it the signature does not count. Nobody sees it."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Write your e-mail address.")},
    )

    def clean_name(self) -> str:
        name = clean_name(self.cleaned_data["name"])
        if len(name.split()) < 2:
            raise forms.ValidationError(_("Write your first and last name."), code="name_in_part")
        return name


class CodeForm(RefusableForm):
    """The code of the mail."""

    code = forms.CharField(
        label=_("Code from the mail"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "class": "govuk-input--width-10",
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
            }
        ),
        error_messages={"required": _("Enter the code.")},
    )


class DayForm(forms.Form):
    """From which day on the list of signatories is read."""

    day = DateField(
        label=_("Signed on or before"),
        required=False,
        input_formats=["%Y-%m-%d"],
    )
