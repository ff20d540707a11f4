"""URLs of screens that are not paired yet, under /display/."""

from django.urls import path

from meetings.displays.views import pair

app_name = "displays"

urlpatterns = [path("", pair, name="pair")]
