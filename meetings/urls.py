"""URLs of the public pages of meetings; the desk's stand in meetings/desk/urls.py."""

from django.urls import URLPattern, URLResolver

app_name = "meetings"

urlpatterns: list[URLPattern | URLResolver] = []
