from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        import_module("accounts.identity.registering")
        import_module("accounts.data.holdings")
        import_module("accounts.residence.privacy")
        import_module("accounts.residence.handlers")
