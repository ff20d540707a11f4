"""URLs of identity: confirming it, signing in by it, joining two accounts."""

from django.urls import path

from accounts import limits
from accounts.identity import merging, views
from accounts.limits import per_client, per_person
from accounts.security.proofs import freshly_authenticated

app_name = "identity"

signing_in = per_client(limits.SIGN_IN)
managing = per_person(limits.MANAGE)

urlpatterns = [
    path("account/verify/", views.verify, name="verify"),
    path("account/verify/name/", managing(views.take_name), name="name"),
    path(
        "account/verify/<slug:provider>/",
        managing(freshly_authenticated(views.begin)),
        name="begin",
    ),
    path("account/verify/<slug:provider>/callback/", views.callback, name="callback"),
    path(
        "account/verify/<slug:provider>/disconnect/",
        managing(freshly_authenticated(views.disconnect)),
        name="disconnect",
    ),
    path("account/login/with/<slug:provider>/", signing_in(views.enter), name="enter"),
    # Two accounts of one person
    path("account/merge/", managing(merging.merge), name="merge"),
    path("account/merge/code/", managing(merging.enter_code), name="merge_code"),
    path(
        "account/merge/confirm/",
        managing(freshly_authenticated(merging.confirm)),
        name="merge_confirm",
    ),
    path("account/merge/give-up/", managing(merging.give_up), name="merge_give_up"),
]
