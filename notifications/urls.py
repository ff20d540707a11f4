"""URLs of mails and of following."""

from django.urls import path

from notifications.following import views as following
from notifications.following import views_settings, views_stop
from notifications.sending import views

app_name = "notifications"

_OWN = "account/notifications/"

urlpatterns = [
    path(
        "consultations/<id:pk>/mails/<id:user_pk>/<slug:token>/",
        views.unsubscribe,
        name="unsubscribe",
    ),
    path(_OWN, views_settings.settings, name="settings"),
    path(f"{_OWN}inbox/", views_settings.inbox, name="inbox"),
    path(f"{_OWN}unread/", views_settings.unread, name="unread"),
    path(f"{_OWN}areas/", following.areas, name="areas"),
    path(f"{_OWN}follow/<slug:kind>/<id:pk>/", following.follow, name="follow"),
    path(f"{_OWN}confirm/<slug:token>/", following.confirm, name="confirm"),
    path(
        f"{_OWN}by-link/<id:pk>/<slug:token>/",
        views_settings.settings_by_link,
        name="settings_by_link",
    ),
    path(f"{_OWN}stop/<id:pk>/<slug:token>/", views_stop.stop_all, name="stop_all"),
    path(
        f"{_OWN}stop/<id:pk>/<slug:kind>/<id:thing_pk>/<slug:token>/",
        views_stop.stop,
        name="stop",
    ),
]
