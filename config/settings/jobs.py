"""Jobs: where tasks are found, and what marks their lines in the log."""

from __future__ import annotations

from typing import Any

from django.utils.module_loading import import_string

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_IMPORT_PATHS = [
    "core.audit_log.jobs",
    "insights.panel.jobs",
    "insights.visits.jobs",
    "notifications.channels.jobs",
    "portal.audit.jobs",
]


async def mark_job(call_next: Any, context: Any, worker: Any) -> Any:
    """Middleware of the worker, by its name: settings import no app."""
    return await import_string("core.web.log_context.mark_job")(call_next, context, worker)


PROCRASTINATE_WORKER_DEFAULTS = {"worker_middleware": [mark_job]}
