"""The address for signing in by codes on paper."""

from django.urls import path

from accounts import limits
from accounts.limits import per_client
from accounts.paper import views

urlpatterns = [
    path("account/paper/", per_client(limits.CODES)(views.sign_in), name="account_paper"),
]
