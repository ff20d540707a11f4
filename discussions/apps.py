"""The app `discussions`: threads of comments."""

from importlib import import_module

from django.apps import AppConfig


class DiscussionsConfig(AppConfig):
    name = "discussions"

    def ready(self) -> None:
        import_module("discussions.handlers")
        import_module("discussions.personal_data")
        import_module("discussions.speech.record")
