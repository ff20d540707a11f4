"""Addresses of the staff's pages about petitions, under /desk/petitions/."""

from django.urls import URLPattern

app_name = "petitions_desk"

urlpatterns: list[URLPattern] = []
