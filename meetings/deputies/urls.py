"""URLs of the public pages of deputies."""

from django.urls import URLPattern, URLResolver

app_name = "deputies"

urlpatterns: list[URLPattern | URLResolver] = []
