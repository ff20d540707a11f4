"""The app `moderation`: the queue, what was decided from it, and what is contested."""

from importlib import import_module

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "moderation"

    def ready(self) -> None:
        import_module("moderation.handlers")
        import_module("moderation.personal_data")
