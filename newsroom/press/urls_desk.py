"""URLs of the desk's pages of the press, under /desk/press/."""

from django.urls import path

from newsroom.conferences.views_desk import draft
from newsroom.press import views_desk

app_name = "press_desk"

urlpatterns = [
    path("", views_desk.accreditation_list, name="list"),
    path("<id:pk>/", views_desk.detail, name="detail"),
    path("<id:pk>/grant/", views_desk.grant, name="grant"),
    path("<id:pk>/refuse/", views_desk.refuse, name="refuse"),
    path("<id:pk>/end/", views_desk.end, name="end"),
    path("conferences/<id:pk>/", views_desk.conference, name="conference"),
    path("conferences/<id:pk>/draft/", draft, name="draft"),
    path("conferences/<id:pk>/invite/", views_desk.invite, name="invite"),
]
