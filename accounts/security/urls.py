"""URLs of second factors and sessions; allauth's pages keep allauth's names."""

from allauth.mfa.base.views import authenticate
from django.urls import path

from accounts import limits
from accounts.limits import per_client, per_person
from accounts.security import entrance, pages, views
from accounts.security.allauth_views import telling_ways_in
from accounts.security.devices import remember_known
from accounts.security.entered import signing_in
from accounts.security.tries import per_stranger

by_factor = per_stranger(limits.SIGN_IN, signing_in)
managing = per_person(limits.MANAGE)

urlpatterns = [
    path("account/", pages.account, name="account_index"),
    path("account/sessions/", managing(remember_known(pages.sessions)), name="usersessions_list"),
    # On the way in
    path(
        "account/login/factor/", by_factor(telling_ways_in(authenticate)), name="mfa_authenticate"
    ),
    path(
        "account/login/passkey/",
        per_client(limits.PASSKEY)(entrance.SignInByPasskey.as_view()),
        name="mfa_login_webauthn",
    ),
    # Is it you?
    path(
        "account/confirm/code/",
        managing(telling_ways_in(entrance.ConfirmByCode.as_view())),
        name="mfa_reauthenticate",
    ),
    path(
        "account/confirm/passkey/",
        managing(entrance.ConfirmByPasskey.as_view()),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "account/confirm/mail/",
        managing(entrance.ConfirmByMail.as_view()),
        name="account_reauthenticate_mail",
    ),
    # One's second factors
    path("account/security/", views.index, name="mfa_index"),
    path("account/security/needed/", views.second_factor_needed, name="account_factor_needed"),
    path("account/security/app/", managing(views.connect_app), name="mfa_activate_totp"),
    path(
        "account/security/app/remove/", managing(views.disconnect_app), name="mfa_deactivate_totp"
    ),
    path("account/security/passkeys/add/", managing(views.add_passkey), name="mfa_add_webauthn"),
    path(
        "account/security/passkeys/<id:pk>/",
        managing(views.rename_passkey),
        name="mfa_edit_webauthn",
    ),
    path(
        "account/security/passkeys/<id:pk>/remove/",
        managing(views.remove_passkey),
        name="mfa_remove_webauthn",
    ),
    path("account/security/codes/", views.recovery_codes, name="mfa_view_recovery_codes"),
    path("account/security/codes/file/", views.download_codes, name="mfa_download_recovery_codes"),
    path(
        "account/security/codes/new/",
        managing(views.renew_codes),
        name="mfa_generate_recovery_codes",
    ),
]
