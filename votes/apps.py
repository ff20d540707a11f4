"""The app `votes`: polls."""

from importlib import import_module

from django.apps import AppConfig


class VotesConfig(AppConfig):
    name = "votes"

    def ready(self) -> None:
        import_module("votes.handlers")
        import_module("votes.record")
        import_module("votes.deadlines")
        import_module("votes.personal_data")
        import_module("votes.grant_targets")
