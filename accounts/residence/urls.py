"""URLs of one's own residence."""

from django.urls import path

from accounts import limits
from accounts.limits import per_person
from accounts.residence import views, vouched

app_name = "residence"
managing = per_person(limits.MANAGE)

urlpatterns = [
    path("", views.mine, name="mine"),
    path("declare/", managing(views.declare), name="declare"),
    path("district/", managing(vouched.district), name="district"),
    path("letter/", managing(views.letter), name="letter"),
    path("code/", views.code, name="code"),
    path("end/", managing(views.end), name="end"),
]
