"""Addresses of the public petition pages; the desk's stand in petitions/desk/urls.py."""

from django.urls import URLPattern

app_name = "petitions"

urlpatterns: list[URLPattern] = []
