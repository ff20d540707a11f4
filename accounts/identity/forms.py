"""The forms of joining two accounts."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.people.fields import AccountEmailField
from accounts.security.forms import code_field
from core.web.forms import RefusableForm


class OtherAccountForm(RefusableForm):
    """Which account it is, and its password; without one a code goes to its address."""

    email = AccountEmailField(
        label=_("E-mail of the other account"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    password = forms.CharField(
        label=_("Its password"),
        max_length=200,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("If you do not know it, leave this empty: we send a code to the address."),
    )


class OtherCodeForm(RefusableForm):
    code = code_field(_("Code from the mail"), _("It was sent to the other account’s address."))
