"""allauth adapter: where Viche changes its defaults for addresses, limits, storage and mails."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.allauth_compat import (
    as_user,
    authentication_records,
    record_authentication,
    waiting_to_confirm_email,
    waiting_to_reset_password,
    waiting_to_sign_in,
)
from accounts.models import Anybody, User
from accounts.people import actions
from accounts.people.documents import IN_FORCE, has_changed_for
from accounts.security import devices, proofs, sessions, tries
from accounts.security.allauth_views import code_sent, count_mail
from core.domain.email_addresses import to_comparable
from core.web.client_ip import client_ip
from core.web.mail import compose

#: Mails that anybody can make the site send to any address; others answer a change just made.
ASKED_FOR = frozenset(
    {
        "login_code",
        "merge_code",
        "confirmation_code",
        "password_reset_code",
        "email_confirmation",
        "email_confirmation_signup",
        "account_already_exists",
        "unknown_account",
    }
)


class Adapter(DefaultAccountAdapter):
    is_first_login = False
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail or the password is not right."),
        "duplicate_email": _("This is the address that you have now."),
        "email_taken": _("Another account has this address already."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": _("This is not the code from the mail."),
        "too_many_login_attempts": _("The code was wrong too many times. Please get a new one."),
    }

    # --- the request ------------------------------------------------------------------------

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_ip(request)

    def is_safe_url(self, url: str) -> bool:
        """Whether one may be sent there after signing in: only to this very site."""
        if not url.startswith(("/", "http://", "https://")):
            return False  # a bare word is an address to a browser, and a route's name to redirect()
        request = self.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    # --- signing up and in --------------------------------------------------------------------

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return first_page(request.user)

    def save_user(
        self,
        request: HttpRequest,
        user: AbstractBaseUser,
        form: forms.BaseForm,
        commit: bool = True,
    ) -> User:
        """Store the sign-up; refuses ``account.exists`` when somebody was quicker."""
        person = as_user(user)
        fill(person, form.cleaned_data)
        return actions.sign_up(person, agreed=IN_FORCE)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try before anything is computed from the password."""
        verdict = tries.spend_password(request, credentials.get("email", ""))
        if not verdict:
            raise ValidationError(str(verdict.message), verdict.code, verdict.params)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        user = super().authenticate(request, **credentials)
        if user is None:
            return None
        tries.forget_password(request, credentials.get("email", ""))
        return as_user(user)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        self.is_first_login = user.last_login is None
        super().login(request, user)
        sessions.with_verified_rights(user, request.session)
        if self.is_first_login and not authentication_records(request.session, as_user(user)):
            # Who signs up has just entered the code from their mail: a proof like that of signing
            # in by a code, of which allauth keeps none.
            record_authentication(request, as_user(user), "code", email=as_user(user).email)
        if request.session.session_key:
            sessions.mark_seen(request.session.session_key)

    def post_login(
        self,
        request: HttpRequest,
        user: AbstractBaseUser,
        *,
        email_verification: str,
        signal_kwargs: dict[str, Any] | None,
        email: str | None,
        signup: bool,
        redirect_url: str | None,
    ) -> HttpResponse:
        """Go on to the page asked for, by way of the terms where they have changed since the
        consent. The owner is told of a browser that the account has not been used in before.
        """
        response = super().post_login(
            request,
            user,
            email_verification=email_verification,
            signal_kwargs=signal_kwargs,
            email=email,
            signup=signup,
            redirect_url=redirect_url,
        )
        person = as_user(user)
        if has_changed_for(person):
            query = QueryDict(mutable=True)
            query["next"] = response["Location"]
            response = redirect(f"{reverse('account_agree')}?{query.urlencode()}")
        is_known = getattr(request, "was_known", False) or devices.is_known(request, person.pk)
        if not self.is_first_login and not is_known:
            sessions.new_device(request, person)
        devices.remember(request, response, person.pk)
        return response

    def is_reauthentication_required(self, *, app: str, **facts: Any) -> bool:
        """In allauth's own flows: as everywhere else (accounts/security/proofs.py)."""
        return not proofs.is_fresh(self.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """By the second factor where there is one; otherwise by the password or a mailed code, or
        by a code on paper where there is no address to mail to."""
        if not user.is_authenticated:
            return []
        methods = {method["id"]: method for method in super().get_reauthentication_methods(user)}
        words = {
            "mfa_reauthenticate": _("Use the app or a recovery code"),
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
            "reauthenticate": _("Use the password"),
        }
        for name, method in methods.items():
            method["description"] = words[name]
        factors = [methods[name] for name in words if name in methods and name.startswith("mfa")]
        if proofs.has_second_factor(user):
            return factors
        if user.email is None:
            sheet = {
                "id": "reauthenticate_paper",
                "description": _("Use the next code from your sheet"),
                "url": reverse("account_reauthenticate_paper"),
            }
            return [*(methods[name] for name in ("reauthenticate",) if name in methods), sheet]
        mailed = {
            "id": "reauthenticate_mail",
            "description": _("Get a code by e-mail"),
            "url": reverse("account_reauthenticate_mail"),
        }
        return [*(methods[name] for name in ("reauthenticate",) if name in methods), mailed]

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        # Signing in by the new password follows; the change makes void what the cookie holds.
        self.request.was_known = devices.is_known(self.request, user.pk)
        actions.change_password(as_user(user), password)

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        """Whether the address became the person's: not where an account got it meanwhile."""
        user = email_address.user
        if email_address.email != user.email:
            email_address.email = to_comparable(email_address.email)
        try:
            with transaction.atomic():
                confirmed = super().confirm_email(request, email_address)
        except IntegrityError:
            # allauth's words where it finds that itself.
            self.add_message(
                request,
                messages.ERROR,
                "account/messages/email_confirmation_failed.txt",
                {"email": email_address.email},
            )
            return False
        if confirmed and request.user.is_authenticated:
            actions.email_changed(request.user)
        return bool(confirmed)

    def logout(self, request: HttpRequest) -> None:
        user, session_key = request.user, request.session.session_key
        super().logout(request)
        if user.is_authenticated and session_key:
            actions.record_sign_out(user, session_key)

    # --- mails ------------------------------------------------------------------------------

    def generate_login_code(self) -> str:
        return code_sent(self.request, waiting_to_sign_in) or super().generate_login_code()

    def generate_email_verification_code(self) -> str:
        sent = code_sent(self.request, waiting_to_confirm_email)
        return sent or super().generate_email_verification_code()

    def generate_password_reset_code(self) -> str:
        sent = code_sent(self.request, waiting_to_reset_password)
        return sent or super().generate_password_reset_code()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send ``emails/accounts/<name>`` to an address, in the language of the page."""
        name = template_prefix.rpartition("/")[2]
        if name in ASKED_FOR:
            count_mail(self.request, email)
        self.deliver(compose(f"accounts/{name}", context, to=email))

    def deliver(self, message: EmailMultiAlternatives) -> None:
        """Hand the mail over; notifications.sending.mail puts it into the queue."""
        message.send()


class SessionsAdapter(DefaultUserSessionsAdapter):
    def end_sessions(self, sessions: list[Any]) -> None:
        for session in sessions:
            session.end()
            actions.record_sign_out(session.user, session.session_key)


def account_adapter(request: HttpRequest | None = None) -> Adapter:
    """allauth's account adapter, which settings.ACCOUNT_ADAPTER names: one of ours."""
    adapter = get_adapter(request)
    if not isinstance(adapter, Adapter):
        raise ImproperlyConfigured("ACCOUNT_ADAPTER must name an accounts.adapter.Adapter")
    return adapter


def first_page(user: Anybody) -> str:
    """The page after signing in when none was asked for: the desk for staff, else one's
    own page.
    """
    return resolve_url(settings.DESK_URL if user.is_staff else settings.LOGIN_REDIRECT_URL)


def fill(user: User, data: dict[str, Any]) -> None:
    """Put a clean sign-up form into a person: the e-mail, the language of the page, no password."""
    user.email = data["email"].lower()
    user.language = get_language() or user.language
    user.set_unusable_password()
