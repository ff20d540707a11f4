"""The app `search`: one index of everything public, kept in the transactions of changes."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
