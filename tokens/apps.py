"""The app `tokens`: access of programs."""

from importlib import import_module

from django.apps import AppConfig


class TokensConfig(AppConfig):
    name = "tokens"

    def ready(self) -> None:
        import_module("tokens.handlers")
        import_module("tokens.personal_data")
