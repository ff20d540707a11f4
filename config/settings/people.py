"""Accounts: passwords, codes, second factors."""

from __future__ import annotations

import os

from config.settings.base import env

AUTH_USER_MODEL = "accounts.User"
# allauth's alone: with Django's beside it every wrong password would be hashed twice.
AUTHENTICATION_BACKENDS = ["accounts.security.backend.Backend"]
PASSWORD_HASHERS = ["accounts.passwords.CappedArgon2"]
#: Hashes that run at once on this machine (19 MiB each), how many may wait, and how long (s).
PASSWORD_HASHES_AT_ONCE = env.int("PASSWORD_HASHES_AT_ONCE", default=min(os.cpu_count() or 1, 8))
PASSWORD_HASHES_WAITING = env.int("PASSWORD_HASHES_WAITING", default=2 * PASSWORD_HASHES_AT_ONCE)
PASSWORD_HASH_PATIENCE = 2.0
#: The files of the semaphore (core.web.semaphore); the same for all processes of a machine.
SEMAPHORE_FOLDER = env("SEMAPHORE_FOLDER", default="")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "accounts.passwords.ShortEnough"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:me"
#: The same for whoever works for the council.
DESK_URL = "portal:desk"
LOGOUT_REDIRECT_URL = "portal:home"
_code_minutes = 15
ACCOUNT_ADAPTER = "notifications.sending.mail.QueuedMail"
USERSESSIONS_ADAPTER = "accounts.adapter.SessionsAdapter"
ACCOUNT_FORMS = {
    "add_email": "accounts.people.forms.ChangeEmailForm",
    "change_password": "accounts.people.forms.ChangePasswordForm",
    "confirm_email_verification_code": "accounts.people.forms.ConfirmEmailForm",
    "confirm_login_code": "accounts.people.forms.ConfirmSignInForm",
    "confirm_password_reset_code": "accounts.people.forms.ConfirmResetForm",
    "login": "accounts.people.forms.SignInForm",
    "reauthenticate": "accounts.people.forms.ReauthenticateForm",
    "request_login_code": "accounts.people.forms.CodeRequestForm",
    "reset_password": "accounts.people.forms.PasswordResetForm",
    "reset_password_from_key": "accounts.people.forms.NewPasswordForm",
    "set_password": "accounts.people.forms.SetPasswordForm",
    "signup": "accounts.people.forms.SignUpForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
# Without "password1" allauth takes the password out of the form of signing in, too; the form of
# signing up drops it (ADR 119).
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = _code_minutes * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = _code_minutes * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = _code_minutes * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_TIMEOUT = 2 * _code_minutes * 60
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
# Ours count instead (accounts/limits.py): one statement each, exact under parallel requests.
ACCOUNT_RATE_LIMITS = False
# Digits: no keyboard has to be switched to Latin. 5 tries at 10 mails an hour against 10^8 codes.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
# Second factors: offered to all, demanded of staff (accounts/security/).
MFA_ADAPTER = "accounts.security.adapter.FactorsAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "accounts.security.forms.FactorForm",
    "authenticate_webauthn": "accounts.security.forms.PasskeyAlongForm",
    "login_webauthn": "accounts.security.forms.PasskeyAloneForm",
    "reauthenticate": "accounts.security.forms.FactorAgainForm",
    "reauthenticate_webauthn": "accounts.security.forms.PasskeyAgainForm",
}
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RATE_LIMITS = False
#: Hours for which a second factor counts in a session; then staff show it again.
SECOND_FACTOR_HOURS = env.int("SECOND_FACTOR_HOURS", default=12)
