"""The app `realtime`: live pages."""

from importlib import import_module

from django.apps import AppConfig


class RealtimeConfig(AppConfig):
    name = "realtime"

    def ready(self) -> None:
        import_module("realtime.broadcasts").register()
