"""The app `consultations`: consultations on draft decisions."""

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "consultations"
