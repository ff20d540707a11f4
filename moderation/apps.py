"""The app `moderation`: the queue of reports."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "moderation"
