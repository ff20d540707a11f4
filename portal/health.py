"""Health checks for load balancers and monitors: is this process able to serve?"""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from core.domain import heartbeat
from core.web.middleware.outage import AWAY, RETRY_AFTER_SECONDS

#: Seconds of silence after which a worker of jobs is taken for dead; it speaks every ten.
SILENCE = 60


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 with the version when the database answers and knows its tables, else 503. Anybody."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        _require_migrated()
    except AWAY:
        return _answer("database away", 503)
    except _Unmigrated:
        return _answer("migrations missing", 503)
    return _answer("ok", 200, version=settings.VERSION)


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """200 while a worker of jobs lives, else 503: mails wait then, and nothing else shows it. Apart
    from /healthz, because a balancer must not take pages away for it. Anybody."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT FROM procrastinate_workers"
                " WHERE last_heartbeat > now() - make_interval(secs => %s))",
                [SILENCE],
            )
            lives = cursor.fetchone()[0]
    except AWAY:
        return _answer("database away", 503)
    return _answer("ok", 200) if lives else _answer("no worker", 503)


@require_safe
def writes(request: HttpRequest) -> HttpResponse:
    """200 while the database accepts writes, else 503: on a full disk pages are read, and nothing
    else shows that what people send is refused. Apart from /healthz, because a balancer must not
    take pages away for it. Without a worker it says 503 too. Anybody."""
    try:
        age = heartbeat.heartbeat_age()
    except AWAY:
        return _answer("database away", 503)
    if age is None:
        return _answer("nothing written yet", 503)
    facts = {"seconds": int(age.total_seconds())}
    return (
        _answer("nothing written", 503, **facts)
        if age > heartbeat.STALE
        else _answer("ok", 200, **facts)
    )


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """404: where there are figures for a monitor, core.web.middleware.measured answers. Anybody."""
    return HttpResponse(status=404)


class _Unmigrated(Exception):
    """The code is newer than the database."""


@cache
def _require_migrated() -> None:
    """Asked until it is so, then never again: migrations are not taken back under a process."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise _Unmigrated


def _answer(status: str, code: int, **facts: str | int) -> HttpResponse:
    response = JsonResponse({"status": status, **facts}, status=code)
    response.headers["Cache-Control"] = "no-store"
    if code == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
