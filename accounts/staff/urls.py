"""URLs of the staff pages, under /desk/staff/."""

from django.urls import path

from accounts.hand_overs import views as hand_overs
from accounts.invitations import views as invitations
from accounts.invitations.views_many import invite_all
from accounts.limits import HOUR, Limit, per_person
from accounts.security.proofs import fresh_to_change
from accounts.staff import views

app_name = "staff"
#: People whom one administrator may look up by their address.
finding = per_person(Limit("staff-find", 60, HOUR))
#: Invitations that one administrator may send.
inviting = per_person(Limit("staff-invite", 60, HOUR))
#: Tables of people that one administrator may look at or invite.
inviting_all = per_person(Limit("staff-invite-many", 30, HOUR))

urlpatterns = [
    path("", finding(views.staff_list), name="list"),
    path("<id:pk>/", views.person, name="person"),
    path("<id:pk>/grant/", fresh_to_change(views.grant), name="grant"),
    path("<id:pk>/factors/reset/", fresh_to_change(views.reset_factors), name="reset_factors"),
    path("grants/<id:pk>/revoke/", fresh_to_change(views.revoke), name="revoke"),
    path("<id:pk>/leave/", fresh_to_change(views.leave), name="leave"),
    path("hand-overs/<id:pk>/", fresh_to_change(hand_overs.hand_over), name="hand_over"),
    path("<id:pk>/cover/", fresh_to_change(views.cover), name="cover"),
    path("invite/", inviting(fresh_to_change(invitations.invite)), name="invite"),
    path("invite/many/", inviting_all(fresh_to_change(invite_all)), name="invite_many"),
    path("invitations/<id:pk>/revoke/", invitations.revoke, name="revoke_invitation"),
    path("covers/<id:pk>/end/", views.end_cover, name="end_cover"),
]
