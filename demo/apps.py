"""The demo city: installed where DEMO is set, loaded by ``manage.py load_demo``."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Commands and content of an invented city; no models."""

    name = "demo"
