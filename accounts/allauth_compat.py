"""allauth's internals, as far as Viche uses them: modules named ``internal``, and what it puts into
sessions.

allauth promises none of it, so that a minor version may change any. No other file imports them
(tests/architecture/test_layers.py), and each function has a contract test, by its name, in
tests/accounts/test_allauth_compat.py: run those first when allauth is updated. All was last seen to
work with the version in ``SEEN_WITH`` (docs/adr/0044).
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from allauth.account.internal.flows import email_verification_by_code, password_reset_by_code
from allauth.account.internal.flows import login as login_flow
from allauth.account.internal.flows.reauthentication import suspend_request as suspend
from allauth.account.internal.flows.signup import prevent_enumeration
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.internal.userkit import str_to_user_id
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage
from allauth.account.utils import url_str_to_user_pk
from allauth.core.internal import cryptokit
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.internal import flows as webauthn_flows
from allauth.socialaccount.internal.flows import login as social_login_flow
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse

from accounts.models import User

#: The minor version of allauth whose internals these functions were written to.
SEEN_WITH = "65.21"


class Store(Protocol):
    """A session, or what was decoded of one."""

    def get(self, key: str, /) -> Any: ...


class Session(Store, Protocol):
    """A session from which something can be taken."""

    def pop(self, key: str, default: Any, /) -> Any: ...


class WritableSession(Session, Protocol):
    """A session into which something can be put."""

    def __setitem__(self, key: str, value: Any, /) -> None: ...


def as_user(user: AbstractBaseUser) -> User:
    """The user whom allauth hands to an adapter or a form, as what they are here.

    65.21. Its annotations know no more than AbstractBaseUser of AUTH_USER_MODEL.
    """
    if not isinstance(user, User):
        raise TypeError(f"{type(user)} is no user of this site")
    return user


# --- what a session has proved --------------------------------------------------------------------

RECORDS_KEY: str = login_flow.AUTHENTICATION_METHODS_SESSION_KEY
RECORDS_OWNER_KEY: str = login_flow._AUTHENTICATION_METHODS_USER_SESSION_KEY


def authentication_records(session: Store, user: User) -> list[dict[str, Any]]:
    """The steps of authentication of a session: a record (``method``, ``at`` in epoch seconds) for
    each password, code and factor that was right.

    65.21. allauth's own function takes a request, which sockets and the API do not have; the second
    key, which says of whom the records are, has no public name.
    """
    if session.get(RECORDS_OWNER_KEY) != str(user.pk):
        return []
    records = session.get(RECORDS_KEY)
    return records if isinstance(records, list) else []


def record_authentication(request: HttpRequest, user: User, method: str, **facts: Any) -> None:
    """Put a record into the session that the user has just proved who they are, by ``method``.

    65.21. Codes on paper and by mail are ways of ours, which allauth does not know; it records only
    its own by itself.
    """
    login_flow.record_authentication(request, user, method, **facts)


def record_social_authentication(request: HttpRequest, login: SocialLogin) -> None:
    """The same for an identity provider.

    65.21. allauth does it in the one flow that would also sign people up, which we do not take.
    """
    social_login_flow.record_authentication(request, login)


def record_factor(request: HttpRequest, factor: Authenticator, *, again: bool) -> None:
    """The same for a second factor, which is noted as used; ``again``: of somebody signed in.

    65.21. allauth's form does it after checking codes its own way (a code of an app may be used
    twice there, in two processes), so our form calls it after ours.
    """
    post_authentication(request, factor, reauthenticated=again)


# --- signing in -----------------------------------------------------------------------------------


def sign_in(request: HttpRequest, login: Login) -> HttpResponse:
    """Sign somebody in, or lead them to what is still asked for (a second factor).

    65.21. The public ``allauth.account.utils.perform_login`` builds the ``Login`` itself and asks
    for a confirmed e-mail, which people with codes on paper do not have.
    """
    response: HttpResponse = login_flow.perform_login(request, login)
    return response


def sign_in_by_passkey(request: HttpRequest, passkey: Authenticator, login: Login) -> HttpResponse:
    """Sign somebody in by a passkey alone, which counts as a second factor.

    65.21. allauth's view does it with a redirect of its own; ours keeps ``next``.
    """
    response: HttpResponse = webauthn_flows.perform_passwordless_login(request, passkey, login)
    return response


def answer_as_if_signed_up(request: HttpRequest, email: str) -> HttpResponse:
    """The answer to a sign-up with an address that has an account: the same page as without one.

    65.21. allauth calls it when it finds the account; of two sign-ups at the same moment it finds
    none, and PostgreSQL refuses the later one.
    """
    response: HttpResponse = prevent_enumeration(request, email=email)
    return response


def suspend_request(request: HttpRequest, path: str) -> HttpResponse:
    """Lead to ``path``, where the person proves who they are; the request is carried out after it.

    65.21. allauth does it where a view raises ReauthenticationRequired, which always leads to its
    own page and cannot lead to setting a factor up.
    """
    response: HttpResponse = suspend(request, path)
    return response


@dataclass(frozen=True)
class Waiting:
    """Somebody who has been asked for a code and has not entered it: the e-mail that they gave, the
    key of the account that it belongs to (None: of none, which no page tells), and the code that
    was mailed, while it works ("" otherwise)."""

    email: str
    user_pk: int | None
    code: str = field(default="", compare=False, repr=False)


def waiting_to_sign_in(session: Store) -> Waiting | None:
    """The person of this session who gave their password, or was mailed a code to sign in.

    65.21. allauth reads it only together with the request, and forgets it when it is too old;
    limits are counted before that.
    """
    return _waiting(session.get(LOGIN_SESSION_KEY), "user_pk", url_str_to_user_pk)


def waiting_to_confirm_email(session: Store) -> Waiting | None:
    """The person of this session who was mailed a code to confirm an e-mail. 65.21, as above."""
    key: str = email_verification_by_code.EMAIL_VERIFICATION_CODE_SESSION_KEY
    return _waiting(session.get(key), "user_id", str_to_user_id)


def waiting_to_reset_password(session: Store) -> Waiting | None:
    """The person of this session who was mailed a code for a new password. 65.21, as above."""
    key: str = password_reset_by_code.PASSWORD_RESET_VERIFICATION_SESSION_KEY
    return _waiting(session.get(key), "user_id", str_to_user_id)


def set_sign_in_aside(session: Session) -> Any:
    """Take who waits to sign in out of the session; ``take_sign_in_up`` puts it back.

    65.21. While somebody waits for a code, allauth answers the form with a password by leading to
    the code, and does not read it.
    """
    return session.pop(LOGIN_SESSION_KEY, None)


def take_sign_in_up(session: WritableSession, waiting: Any) -> None:
    """Let whoever waited go on waiting, unless somebody else does now. 65.21, as above."""
    if waiting is not None and session.get(LOGIN_SESSION_KEY) is None:
        session[LOGIN_SESSION_KEY] = waiting


def forget_email_confirmation(session: Session) -> None:
    """Forget that somebody was mailed a code to confirm an e-mail.

    65.21. allauth forgets it at the right code alone: whoever gives up and signs out would be led
    to the code again by the next page.
    """
    session.pop(email_verification_by_code.EMAIL_VERIFICATION_CODE_SESSION_KEY, None)


def _waiting(state: Mapping[str, Any] | None, key: str, to_pk: Any) -> Waiting | None:
    if not state:
        return None
    stored = state.get(key)
    stages = state.get("state", {}).get("stages", {})
    mailed = stages.get(LoginByCodeStage.key, {}).get(
        "data", state
    )  # a sign-in holds it deep below
    works = time.time() - mailed.get("at", 0) <= settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT
    code = mailed.get("code") or "" if works else ""
    return Waiting(state.get("email") or "", to_pk(stored) if stored else None, code)


# --- codes and second factors ---------------------------------------------------------------------


def normalize_code(code: str) -> str:
    """A code as it is compared, without what people put between its signs.

    65.21. The codes that allauth mails are compared so; ours must be typed in no other way.
    """
    normal: str = cryptokit.normalize_user_code(code)
    return normal


def is_same_code(actual: str, expected: str) -> bool:
    """Whether two codes are one, compared in constant time. 65.21, as above."""
    return bool(cryptokit.compare_user_code(actual=actual, expected=expected))


def app_code(secret: str, step: int) -> str:
    """The code that an authenticator app with this key (base32) shows in a time step (RFC 6238).

    65.21. allauth's check does not say of which step a code is, and ours must, to spend the step.
    """
    return str(totp.format_hotp_value(totp.hotp_value(secret, step)))


def new_app_secret() -> str:
    """A key (base32) for an authenticator app. 65.21: ours waits in the session encrypted."""
    secret: str = totp.generate_totp_secret()
    return secret


def activate_app(user: User, secret: str) -> Authenticator:
    """The row of an authenticator app with this key. 65.21: the format of the row is allauth's."""
    return totp.TOTP.activate(user, secret).instance


def activate_passkey(user: User, name: str, credential: dict[str, Any]) -> Authenticator:
    """The row of a passkey, of its registration as the browser gave it. 65.21, as above."""
    row: Authenticator = webauthn.WebAuthn.add(user, name, credential).instance
    return row


def activate_recovery_codes(user: User) -> Authenticator:
    """The row of new recovery codes, or the one that is there. 65.21, as above."""
    return RecoveryCodes.activate(user).instance


def unused_recovery_codes(row: Authenticator) -> list[str]:
    """The recovery codes that are left of a row. 65.21, as above."""
    codes: list[str] = RecoveryCodes(row).get_unused_codes()
    return codes


def spend_recovery_code(row: Authenticator, code: str) -> bool:
    """Whether it is one of the row's recovery codes that are left; it is none afterwards. 65.21."""
    return bool(RecoveryCodes(row).validate_code(code))


def begin_passkey_sign_in() -> dict[str, Any]:
    """A challenge for whatever passkey the browser has; it waits in the session.

    65.21. allauth's view answers GET with it; ours answers POST alone, for it writes.
    """
    options: dict[str, Any] = webauthn.begin_authentication(user=None)
    return options


def begin_passkey_registration(user: User) -> dict[str, Any]:
    """A challenge for a new passkey that asks for a PIN or finger; it waits in the session.

    65.21. allauth's form asks whether it shall; here it always shall.
    """
    options: dict[str, Any] = webauthn.begin_registration(user, passwordless=True)
    return options


def check_passkey_registration(credential: dict[str, Any]) -> None:
    """Compare a registration, as the browser gave it, with the challenge that waits in the session.

    Raises ValidationError for whatever is wrong. 65.21, as above.
    """
    webauthn.parse_registration_response(credential)
    webauthn.complete_registration(credential)
