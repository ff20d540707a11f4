"""The app `appeals`: appeals of citizens and requests for public information."""

from importlib import import_module

from django.apps import AppConfig


class AppealsConfig(AppConfig):
    name = "appeals"

    def ready(self) -> None:
        import_module("appeals.handlers")
        import_module("appeals.deadlines")
        import_module("appeals.personal_data")
