"""URLs of the press, under /news/press/."""

from django.urls import path

from newsroom.press import views, views_releases

app_name = "press"

urlpatterns = [
    path("", views.apply, name="apply"),
    path("sent/", views.mail_sent, name="sent"),
    path("erased/", views.erasure_done, name="erased"),
    path("<id:pk>/<slug:token>/", views.own, name="own"),
    path("<id:pk>/<slug:token>/mails/", views.mails, name="mails"),
    path(
        "<id:pk>/<slug:token>/releases/<id:article_pk>/",
        views_releases.release,
        name="release",
    ),
    path(
        "<id:pk>/<slug:token>/releases/<id:article_pk>/pictures/<slug:digest>/<str:name>",
        views_releases.release_picture,
        name="release_picture",
    ),
    path("<id:pk>/<slug:token>/meetings/<id:meeting_pk>/", views.attend, name="attend"),
]
