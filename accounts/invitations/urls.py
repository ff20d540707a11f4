"""URLs of the invited person's page, under /account/invitation/."""

from datetime import timedelta

from django.urls import path

from accounts.invitations import views
from accounts.limits import Limit, per_client

app_name = "staff_invitations"
#: Links of invitations that one client may try.
accepting = per_client(Limit("accept-staff-invitation", 60, timedelta(minutes=10)))

urlpatterns = [
    path("<id:pk>/<slug:token>/", accepting(views.invitation), name="invitation"),
]
