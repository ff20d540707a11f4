"""The app `moderation`: the queue, what was decided from it, and what is contested."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "moderation"
