"""URLs of guests of the hall, below those of a meeting."""

from django.urls import path

from meetings.guests import views

urlpatterns = [
    path("hall/guest/", views.guest, name="guest"),
    path("hall/guest/enter/", views.enter, name="guest_enter"),
    path("hall/guest/leave/", views.leave, name="guest_leave"),
    path("hall/guest/mine/", views.mine, name="guest_mine"),
    path("hall/guest/signals/<slug:kind>/", views.signal, name="guest_signal"),
]
