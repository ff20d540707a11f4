"""The app `records`: registers that the council keeps of its own work for everybody."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "records"
