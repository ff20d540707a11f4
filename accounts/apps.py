"""The app `accounts`: people and their accounts."""

from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        import_module("accounts.identity.registering")
        import_module("accounts.personal_data")
        import_module("accounts.personal_data_below")
        import_module("accounts.residence.handlers")
