"""URLs of accounts: exactly those of allauth's pages that we want, under its own names.

What it would add by itself (a list of several addresses, links in mails instead of codes, social
accounts, telephones) is not served.
"""

from allauth.account import views as allauth
from django.urls import include, path

from accounts import limits
from accounts.allauth_compat import waiting_to_reset_password
from accounts.limits import per_client, per_person
from accounts.people import documents, views
from accounts.security.allauth_views import (
    asking_again,
    password_first,
    resending,
    sign_out,
    telling_ways_in,
)
from accounts.security.devices import remember_known
from accounts.security.entered import named_in, resetting, signing_in
from accounts.security.proofs import fresh_by_factor, fresh_to_change, freshly_authenticated
from accounts.security.tries import per_stranger

signing_up = per_client(limits.SIGN_UP)
# Each form on the way in with the field, or the waiting sign-in or reset, that it reads.
by_login = per_stranger(limits.SIGN_IN, named_in("login"))
by_email = per_stranger(limits.SIGN_IN, named_in("email"))
confirming = per_client(limits.CODES)
coming_in = per_stranger(limits.CODES, signing_in)
new_password = per_stranger(limits.CODES, resetting)
managing = per_person(limits.MANAGE)

urlpatterns = [
    # Signing up and in
    path("account/signup/", signing_up(views.SignUp.as_view()), name="account_signup"),
    path(
        "account/signup/code/",
        confirming(resending(allauth.email_verification_sent)),
        name="account_email_verification_sent",
    ),
    path(
        "account/login/",
        by_login(telling_ways_in(password_first(allauth.login))),
        name="account_login",
    ),
    path(
        "account/login/code/",
        by_email(allauth.request_login_code),
        name="account_request_login_code",
    ),
    path(
        "account/login/code/confirm/",
        coming_in(resending(allauth.confirm_login_code)),
        name="account_confirm_login_code",
    ),
    path("account/logout/", sign_out, name="account_logout"),
    path("account/suspended/", allauth.account_inactive, name="account_inactive"),
    # A forgotten password
    path(
        "account/password/reset/",
        by_email(asking_again(waiting_to_reset_password)(allauth.password_reset)),
        name="account_reset_password",
    ),
    path(
        "account/password/reset/code/",
        new_password(allauth.confirm_password_reset_code),
        name="account_confirm_password_reset_code",
    ),
    path(
        "account/password/reset/new/",
        new_password(allauth.complete_password_reset),
        name="account_complete_password_reset",
    ),
    path(
        "account/password/reset/done/",
        allauth.password_reset_from_key_done,
        name="account_password_reset_completed",
    ),
    # One's own account
    path("", include("accounts.security.urls")),
    path("account/profile/", managing(views.profile), name="account_profile"),
    path("account/agree/", managing(views.agree), name="account_agree"),
    path("account/email/", managing(fresh_to_change(allauth.email)), name="account_email"),
    path(
        "account/password/change/",
        managing(fresh_by_factor(remember_known(allauth.password_change))),
        name="account_change_password",
    ),
    path(
        "account/password/set/",
        managing(freshly_authenticated(remember_known(allauth.password_set))),
        name="account_set_password",
    ),
    path(
        "account/confirm/",
        managing(telling_ways_in(allauth.reauthenticate)),
        name="account_reauthenticate",
    ),
    path("", include("accounts.identity.urls")),
    path("account/data/", include("accounts.data.urls")),
    path("account/invitation/", include("accounts.invitations.urls")),
    # Where one lives; people without e-mail; the office's desk for people
    path("", include("accounts.paper.urls")),
    path("account/residence/", include("accounts.residence.urls")),
    path("desk/people/", include("accounts.residence.desk.urls")),
    # What everybody agrees to
    path("terms/", views.document, {"document": documents.TERMS}, name="terms"),
    path("privacy/", views.document, {"document": documents.PRIVACY}, name="privacy"),
]
