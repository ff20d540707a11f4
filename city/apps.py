"""The app `city`: the council and what belongs to it."""

from django.apps import AppConfig


class CityConfig(AppConfig):
    name = "city"

    def ready(self) -> None:
        from city.council.queries import load_council
        from core.domain import council

        council.register(load_council)
