import os

from django.apps import AppConfig
from django.conf import settings
from django.urls import register_converter


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core.address import is_within
        from core.converters import IdConverter

        register_converter(IdConverter, "id")
        is_within("127.0.0.1", settings.METRICS_ALLOWED)  # raises ValueError for what is no network
        if settings.METRICS_ALLOWED and os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
            from core import metrics

            metrics.start_sampling()
