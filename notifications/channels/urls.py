"""URLs of channels, below /account/notifications/."""

from django.urls import path

from notifications.channels.bounces import views as bounces
from notifications.channels.push import views as push

app_name = "channels"

urlpatterns = [
    path("push/", push.push, name="push"),
    path("push/<id:pk>/remove/", push.remove, name="push_remove"),
    path("address/", bounces.address, name="address"),
    path("address/<id:pk>/<slug:token>/", bounces.address_works, name="address_works"),
]
