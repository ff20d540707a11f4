"""The app `petitions`: electronic petitions."""

from importlib import import_module

from django.apps import AppConfig


class PetitionsConfig(AppConfig):
    name = "petitions"

    def ready(self) -> None:
        import_module("petitions.handlers")
        import_module("petitions.record")
        import_module("petitions.deadlines")
        import_module("petitions.personal_data")
        import_module("petitions.answer.places")
        import_module("petitions.grant_targets")
