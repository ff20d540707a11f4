"""The forms of sign-up, sign-in and one's own account. Field order and words are ours."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from accounts.adapter import account_adapter, fill
from accounts.models import PublicName, User
from accounts.passwords import LONGEST, ShortEnough
from accounts.people import actions
from accounts.people.documents import IN_FORCE
from accounts.people.fields import AccountEmailField, clean_name
from core.domain.email_addresses import EmailField
from core.domain.rules import Refused
from core.web.forms import offer_choices

_NEW_PASSWORD = _(
    "At least 10 characters. Easiest to remember and hard to guess: four words that have nothing "
    "to do with each other."
)
_PUBLIC_NAMES = [
    (PublicName.INITIAL, _("First name and initial, like “Olena K.”")),
    (PublicName.FULL, _("Full name, like “Olena Koval”")),
]


if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[User]
else:
    _ModelForm = forms.ModelForm

type _Saved = tuple[User | None, HttpResponseBase | None]


class _PlainFields:
    """allauth's placeholders go (they vanish while one types), long passwords are refused, and an
    e-mail is taken as it is delivered."""

    fields: dict[str, forms.Field]
    email_field: Callable[..., EmailField] = EmailField
    words: dict[str, Any] = {}
    hints: dict[str, Any] = {}
    dropped: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.dropped:
            self.fields.pop(name, None)
        for name, field in self.fields.items():
            if isinstance(field, forms.EmailField):
                field = self.fields[name] = self.email_field(
                    label=field.label, required=field.required, widget=field.widget
                )
            field.widget.attrs.pop("placeholder", None)
            field.label = self.words.get(name, field.label)
            if isinstance(field.widget, forms.PasswordInput):
                field.help_text = ""
                # First of all: what is too long is not looked at, nor hashed, by anybody.
                field.validators.insert(0, ShortEnough().validate)
                field.widget.attrs["maxlength"] = LONGEST
            field.help_text = self.hints.get(name, field.help_text)


class SignInForm(_PlainFields, allauth_forms.LoginForm):
    email_field = staticmethod(partial(AccountEmailField, sends_mail=False))
    words = {"login": _("E-mail"), "password": _("Password")}


class CodeRequestForm(_PlainFields, allauth_forms.RequestLoginCodeForm):
    email_field = AccountEmailField
    words = {"email": _("E-mail")}

    def clean_email(self) -> str:
        email = super().clean_email()
        self._user = _if_confirmed(self._user)
        return email


class PasswordResetForm(_PlainFields, allauth_forms.ResetPasswordForm):
    email_field = AccountEmailField
    words = {"email": _("E-mail")}

    def clean_email(self) -> str:
        email = super().clean_email()
        self.users = [user for user in self.users if _if_confirmed(user)]
        return email


class _CodeFields(_PlainFields):
    words = {"code": _("Code from the mail")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "maxlength": "20"}
        code = self.fields["code"]
        if isinstance(code, forms.CharField):
            code.max_length = 20


class ConfirmSignInForm(_CodeFields, allauth_forms.ConfirmLoginCodeForm):
    pass


class ConfirmEmailForm(_CodeFields, allauth_forms.ConfirmEmailVerificationCodeForm):
    def clean_code(self) -> str:
        """Only whoever has proved an address is told that another account has its mailbox."""
        code: str = super().clean_code()
        if self.user and self.email:
            others = User.objects.by_email(self.email).exclude(pk=self.user.pk)
            if others.exists():
                raise account_adapter().validation_error("email_taken")
        return code


class ConfirmResetForm(_CodeFields, allauth_forms.ConfirmPasswordResetCodeForm):
    pass


class NewPasswordForm(_PlainFields, allauth_forms.ResetPasswordKeyForm):
    words = {"password1": _("New password")}
    hints = {"password1": _NEW_PASSWORD}
    dropped = ("password2",)  # one can look at what one typed


class ChangePasswordForm(_PlainFields, allauth_forms.ChangePasswordForm):
    words = {"oldpassword": _("Current password"), "password1": _("New password")}
    hints = {"password1": _NEW_PASSWORD}
    dropped = ("password2",)


class SetPasswordForm(_PlainFields, allauth_forms.SetPasswordForm):
    words = {"password1": _("Password")}
    hints = {"password1": _NEW_PASSWORD}
    dropped = ("password2",)


class ReauthenticateForm(_PlainFields, allauth_forms.ReauthenticateForm):
    words = {"password": _("Password")}


class ChangeEmailForm(_PlainFields, allauth_forms.AddEmailForm):
    words = {"email": _("New e-mail")}


class ProfileForm(_ModelForm):
    """One's names, what others see of them, the language of mails."""

    class Meta:
        model = User
        fields = ("given_name", "family_name", "public_name_style", "language")
        widgets = {
            "given_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "family_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
            "public_name_style": forms.RadioSelect,
            "language": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        prepare_names(self)

    def clean_given_name(self) -> str:
        return clean_name(self.cleaned_data["given_name"])

    def clean_family_name(self) -> str:
        return clean_name(self.cleaned_data["family_name"])


class AgreeForm(forms.Form):
    """The agreement to documents that have changed, each in the version that was shown."""

    terms = forms.CharField(widget=forms.HiddenInput)
    privacy = forms.CharField(widget=forms.HiddenInput)
    agreed = forms.BooleanField(
        label=_("I agree to the terms of use and have read the privacy notice"),
        error_messages={"required": _("Tick this to agree, or decide later.")},
    )

    def versions(self) -> dict[str, str]:
        """The ``agreed`` of actions.agree."""
        return {document: self.cleaned_data[document] for document in IN_FORCE}


class SignUpForm(_PlainFields, allauth_forms.SignupForm):
    """E-mail and the agreement. The name is asked for with the first words
    (accounts/people/naming.py), a password is never needed (ADR 119)."""

    words = {"email": _("E-mail")}
    hints = {"email": _("We send a code to it. It is not shown to others.")}
    dropped = ("password1",)
    field_order = ("email", "agreed")

    agreed = forms.BooleanField(
        label=_("I agree to the terms of use and have read the privacy notice"),
        error_messages={"required": _("Without this agreement there can be no account.")},
    )

    def validate_unique_email(self, value: str) -> str:
        email = super().validate_unique_email(value)
        named = User.objects.by_email(email).order_by()
        unconfirmed = set(named.unconfirmed().values_list("pk", flat=True))
        others = set(named.values_list("pk", flat=True)) - unconfirmed
        is_known = self.account_already_exists and not unconfirmed
        self.account_already_exists = bool(others) or is_known
        return email

    def save(self, request: HttpRequest) -> User:
        adapter = account_adapter()
        return adapter.save_user(request, adapter.new_user(request), self)

    def try_save(self, request: HttpRequest) -> _Saved:
        """Known and unknown addresses do the same work and get the same answer."""
        if self.account_already_exists:
            nobody = User()
            fill(nobody, self.cleaned_data)
            actions.rehearse_sign_up(nobody, agreed=IN_FORCE)
            return self._save_by_allauth(request)
        try:
            return self._save_by_allauth(request)
        except Refused:
            self.account_already_exists = True
            return self._save_by_allauth(request)

    def _save_by_allauth(self, request: HttpRequest) -> _Saved:
        saved: _Saved = super().try_save(request)
        return saved


def prepare_names(form: forms.BaseForm) -> None:
    """Prepare the samples of the two public names, in words that need no script to be
    understood.
    """
    offer_choices(form, "public_name_style", _PUBLIC_NAMES)
    style = form.fields["public_name_style"]
    style.label = _("What others see beside what you write")
    style.help_text = _("You can change this at any time; what you wrote before changes with it.")


def _if_confirmed(user: AbstractBaseUser | None) -> AbstractBaseUser | None:
    """The person, unless the address was only named and never proved: then there is no account.

    Otherwise somebody could sign up with another's address, wait until its owner comes in by a
    code, and use the password that they had set.
    """
    if user is None or User.objects.filter(pk=user.pk).unconfirmed().exists():
        return None
    return user
