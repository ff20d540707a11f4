"""Health checks for load balancers and monitors: is this process able to serve?"""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from core.db.unapplied import is_migrated
from core.domain import heartbeat
from core.web.middleware.outage import AWAY, RETRY_AFTER_SECONDS


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 with the version when the database answers and knows its tables, else 503. Anybody."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        has_tables = is_migrated()
    except AWAY:
        return _answer("database away", 503)
    if not has_tables:
        return _answer("migrations missing", 503)
    return _answer("ok", 200, version=settings.VERSION)


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """200 while a worker of jobs lives, else 503: mails wait then, and nothing else shows it. Apart
    from /healthz, because a balancer must not take pages away for it. Anybody."""
    try:
        lives = heartbeat.has_worker()
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


def _answer(status: str, code: int, **facts: str | int) -> HttpResponse:
    response = JsonResponse({"status": status, **facts}, status=code)
    response.headers["Cache-Control"] = "no-store"
    if code == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
