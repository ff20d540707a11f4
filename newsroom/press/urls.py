"""URLs of the press, under /news/press/."""

from django.urls import path

from newsroom.press import views

app_name = "press"

urlpatterns = [
    path("", views.apply, name="apply"),
    path("sent/", views.mail_sent, name="sent"),
    path("erased/", views.erasure_done, name="erased"),
    path("<id:pk>/<slug:token>/", views.own, name="own"),
    path("<id:pk>/<slug:token>/mails/", views.mails, name="mails"),
    path("<id:pk>/<slug:token>/meetings/<id:meeting_pk>/", views.attend, name="attend"),
]
