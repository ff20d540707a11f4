"""The app `search`: one index of everything public, kept in the transactions of changes."""

from importlib import import_module

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        import_module("search.handlers")
        import_module("search.personal_data")
