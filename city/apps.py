"""The app `city`: the council and what belongs to it."""

from django.apps import AppConfig


class CityConfig(AppConfig):
    name = "city"
