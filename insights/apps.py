"""The app `insights`: visits, indicators, and the trust of a random panel."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "insights"
