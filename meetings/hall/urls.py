"""URLs of being in the hall and of raising one's hand, below those of a meeting."""

from django.urls import path

from meetings.hall import views

urlpatterns = [
    path("hall/", views.hall, name="hall"),
    path("hall/enter/", views.enter_hall, name="enter_hall"),
    path("hall/leave/", views.leave_hall, name="leave_hall"),
    path("hall/code/<slug:key>/", views.hall_code, name="hall_code"),
    path("hall/<slug:code>/", views.scan, name="scan"),
    path("hands/<id:show_pk>/", views.raise_hand, name="raise_hand"),
]
