"""URLs for signing in by codes on paper, and for proving by one that it is you."""

from django.urls import path

from accounts import limits
from accounts.limits import per_client, per_person
from accounts.paper import views

urlpatterns = [
    path("account/paper/", per_client(limits.CODES)(views.sign_in), name="account_paper"),
    path(
        "account/confirm/paper/",
        per_person(limits.MANAGE)(views.ConfirmBySheet.as_view()),
        name="account_reauthenticate_paper",
    ),
]
