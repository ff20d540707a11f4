"""The app `realtime`: live pages."""

from django.apps import AppConfig


class RealtimeConfig(AppConfig):
    name = "realtime"
