"""The app `newsroom`: news, events, the press, and the council's own pages."""

from importlib import import_module

from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    name = "newsroom"

    def ready(self) -> None:
        import_module("newsroom.handlers")
        import_module("newsroom.council_pages.handlers")
        import_module("newsroom.personal_data")
        import_module("newsroom.grant_targets")
        from city.council.queries import register_urgent
        from newsroom.urgent import rows

        register_urgent(rows)
