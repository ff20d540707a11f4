"""Jobs: where tasks are found, and what marks their lines in the log."""

from __future__ import annotations

from typing import Any

from django.utils.module_loading import import_string

from config.settings.base import BASE_DIR

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
#: Those in an app's packages; jobs.py of the apps themselves are found by the name above.
PROCRASTINATE_IMPORT_PATHS = sorted(
    ".".join(path.relative_to(BASE_DIR).with_suffix("").parts)
    for app in BASE_DIR.glob("*/apps.py")
    for path in app.parent.glob("*/**/jobs.py")
)


async def mark_job(call_next: Any, context: Any, worker: Any) -> Any:
    """Middleware of the worker, by its name: settings import no app."""
    return await import_string("core.web.log_context.mark_job")(call_next, context, worker)


PROCRASTINATE_WORKER_DEFAULTS = {"worker_middleware": [mark_job]}
