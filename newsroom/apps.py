"""The app `newsroom`: news, events, the press, and the council's own pages."""

from importlib import import_module

from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    name = "newsroom"

    def ready(self) -> None:
        import_module("newsroom.pages.handlers")
        import_module("newsroom.personal_data")
