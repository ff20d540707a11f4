"""The app `insights`: visits, indicators, and the trust of a random panel."""

from importlib import import_module

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "insights"

    def ready(self) -> None:
        import_module("insights.personal_data")
        import_module("insights.indicators.deadlines")
        import_module("insights.indicators.measures").register_indicators()
        import_module("insights.panel.handlers")
