"""The app `organisations`: businesses and who acts for them."""

from importlib import import_module

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "organisations"

    def ready(self) -> None:
        import_module("organisations.handlers")
        import_module("organisations.personal_data")
