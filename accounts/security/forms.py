"""The forms of second factors. Words and limits are ours, the keys' arithmetic is allauth's."""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.utils import decrypt, encrypt
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import limits
from accounts.allauth_compat import (
    check_passkey_registration,
    new_app_secret,
    normalize_code,
    record_factor,
)
from accounts.models import User
from accounts.security import factors, tries
from accounts.security.credentials import CredentialField, refusing_senseless
from accounts.security.rules import WRONG_CODE
from core.domain.rules import Verdict
from core.web.forms import RefusableForm

_SECRET_IN_SESSION = "account_app_secret"  # noqa: S105 - a name
#: Longer than any code: what is longer is refused before anything is compared.
_LONGEST = 20


def code_field(label: Any, hint: Any = "") -> forms.CharField:
    attrs = {
        "autocomplete": "one-time-code",
        "inputmode": "numeric",
        "class": "govuk-input--width-10",
    }
    return forms.CharField(
        label=label, help_text=hint, max_length=_LONGEST, widget=forms.TextInput(attrs=attrs)
    )


class FactorForm(AuthenticateForm):
    """A code of the app or a recovery code, on the way in: ``user`` has given the password."""

    code = code_field(
        _("Code"),
        _("Six digits from the app on your phone, or one of your recovery codes (eight digits)."),
    )
    reauthenticated = False

    def clean_code(self) -> str:
        code = normalize_code(self.cleaned_data["code"])
        verdict = self._spend(code)
        if not verdict:
            raise forms.ValidationError(str(verdict.message), verdict.code, verdict.params)
        found = factors.spend_code(self.user, code)
        if found is None:
            raise forms.ValidationError(str(WRONG_CODE.message), code=WRONG_CODE.code)
        found.user = self.user
        self.authenticator = found
        self._forget()
        return code

    def _spend(self, code: str) -> Verdict:
        """An app's codes and recovery codes are counted apart: whoever uses up the tries of the
        one has not closed the other, and passkeys are never closed."""
        of_account = limits.RECOVERY_OF_ACCOUNT if len(code) > 6 else limits.FACTOR_OF_ACCOUNT
        return tries.spend_factor(context.request, self.user.pk, of_account)

    def _forget(self) -> None:
        tries.forget_factor(context.request, self.user.pk)

    def save(self) -> None:
        record_factor(context.request, self.authenticator, again=self.reauthenticated)


class FactorAgainForm(FactorForm):
    """The same of somebody who is signed in: strangers cannot use up their tries."""

    reauthenticated = True

    def _spend(self, code: str) -> Verdict:
        return tries.spend_factor_again(context.request)

    def _forget(self) -> None:
        tries.forget_factor_again(context.request)

    def save(self) -> None:
        super().save()
        context.request.user.grant_staff_rights()


class PasskeyAlongForm(webauthn.AuthenticateWebAuthnForm):
    """A passkey as a second factor, on the way in."""

    credential = CredentialField()

    def clean_credential(self) -> Any:
        with refusing_senseless():
            return super().clean_credential()


class PasskeyAloneForm(webauthn.LoginWebAuthnForm):
    """A passkey alone, on the way in."""

    credential = CredentialField()

    def clean_credential(self) -> Any:
        with refusing_senseless():
            return super().clean_credential()


class PasskeyAgainForm(webauthn.ReauthenticateWebAuthnForm):
    """A passkey of somebody who is signed in."""

    credential = CredentialField()

    def clean_credential(self) -> Any:
        with refusing_senseless():
            return super().clean_credential()

    def save(self) -> None:
        super().save()
        context.request.user.grant_staff_rights()


class AppForm(RefusableForm):
    """The first code of an app that is being connected; ``secret`` (base32) is what it was given.

    The secret waits in the session, encrypted, and stays the same until it is used: a page that is
    opened again, in the other language too, shows the code that was scanned already.
    """

    code = code_field(_("Code that the app shows"), _("Six digits; they change every 30 seconds."))

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = request.session.get(_SECRET_IN_SESSION)
        self.secret: str = decrypt(kept) if kept else new_app_secret()
        if not kept:
            request.session[_SECRET_IN_SESSION] = encrypt(self.secret)
        self.step = 0

    def clean_code(self) -> str:
        code: str = normalize_code(self.cleaned_data["code"])
        step = factors.step_of(self.secret, code)
        if step is None:
            raise forms.ValidationError(
                _(
                    "This code is not right. Look at the app again; if it goes on, let the phone "
                    "set its clock by the network."
                ),
                code=WRONG_CODE.code,
            )
        self.step = step
        return code

    @staticmethod
    def forget(request: HttpRequest) -> None:
        request.session.pop(_SECRET_IN_SESSION, None)


class PasskeyForm(RefusableForm):
    """A passkey that the browser has just made (``credential``: its registration as JSON)."""

    name = forms.CharField(
        label=_("What to call it"),
        help_text=_("So that you know it again, for example “My phone”. Nobody else sees it."),
        max_length=60,
        required=True,
    )
    credential = CredentialField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        if not isinstance(cleaned.get("credential"), dict):
            raise forms.ValidationError(
                _("The browser made no passkey. Please try again."), code="account.no_passkey"
            )
        with refusing_senseless():
            check_passkey_registration(cleaned["credential"])
        return cleaned


class PasskeyNameForm(forms.Form):
    name = PasskeyForm.base_fields["name"]


class MailedCodeForm(RefusableForm):
    """The code that was sent to prove that it is them, for whoever has no second factor."""

    code = code_field(_("Code from the mail"))


def passkey_name(user: User, passkeys: int) -> str:
    """The default name of a new passkey."""
    return (
        str(_("My passkey")) if not passkeys else str(_("My passkey %(n)d") % {"n": passkeys + 1})
    )
