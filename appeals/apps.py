"""The app `appeals`: appeals of citizens and requests for public information."""

from django.apps import AppConfig


class AppealsConfig(AppConfig):
    name = "appeals"
