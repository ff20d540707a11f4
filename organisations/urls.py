"""URLs of the organisations that one acts for, under /account/organisations/."""

from datetime import timedelta

from django.urls import path

from accounts.limits import MANAGE, Limit, per_client, per_person
from organisations.mandates import views as mandates_views
from organisations.registering import views

app_name = "organisations"

managing = per_person(MANAGE)
#: Organisations that one person may register, and invitations that one may send.
registering = per_person(Limit("register-organisation", 10, timedelta(hours=1)))
inviting = per_person(Limit("invite-to-organisation", 30, timedelta(hours=1)))
#: Links of invitations that one client may try.
accepting = per_client(Limit("accept-invitation", 60, timedelta(minutes=10)))

urlpatterns = [
    path("", views.mine, name="mine"),
    path("new/", registering(views.register), name="register"),
    path(
        "invitations/<id:pk>/<slug:token>/",
        accepting(mandates_views.invitation),
        name="invitation",
    ),
    path("<id:pk>/", views.detail, name="detail"),
    path("<id:pk>/edit/", managing(views.edit), name="edit"),
    path("<id:pk>/rename/", managing(views.amend), name="amend"),
    path("<id:pk>/sign/", managing(views.sign), name="sign"),
    path("<id:pk>/letter/", managing(views.letter), name="letter"),
    path("<id:pk>/code/", managing(views.code), name="code"),
    path("<id:pk>/close/", managing(views.close), name="close"),
    path("<id:pk>/invite/", inviting(mandates_views.invite), name="invite"),
    path(
        "<id:pk>/invitations/<id:invitation_pk>/withdraw/",
        managing(mandates_views.withdraw),
        name="withdraw",
    ),
    path("<id:pk>/mandates/<id:mandate_pk>/", managing(mandates_views.change), name="change"),
    path(
        "<id:pk>/mandates/<id:mandate_pk>/revoke/", managing(mandates_views.revoke), name="revoke"
    ),
]
