"""The app `core`: what every app stands on."""

import os
from pathlib import Path

from django.apps import AppConfig, apps
from django.conf import settings
from django.urls import register_converter


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core.audit_log import protection  # noqa: F401 (its check registers itself)
        from core.domain import registries
        from core.web.client_ip import is_within
        from core.web.converters import DayConverter, IdConverter

        register_converter(IdConverter, "id")
        register_converter(DayConverter, "day")
        registries.discover()
        is_within("127.0.0.1", settings.METRICS_ALLOWED)  # raises ValueError for what is no network
        if settings.METRICS_ALLOWED and os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
            from core.web import metrics

            metrics.start_sampling()
        if settings.SENTRY_DSN:
            from core.web import fault_reports

            fault_reports.start(
                settings.SENTRY_DSN,
                release=f"viche@{settings.VERSION}",
                own=frozenset(
                    each.name
                    for each in apps.get_app_configs()
                    if Path(each.path).parent == settings.BASE_DIR
                ),
            )
