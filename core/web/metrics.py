"""Metrics in Prometheus's format: off unless METRICS_ALLOWED says who may read them.

Each process counts for itself; where PROMETHEUS_MULTIPROC_DIR names a folder (bin/serve makes it),
whichever process is asked adds all of them up. Routes are told by their names, never by a path; of
ballots nothing is counted (docs/adr/0024, 0040).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client.core import GaugeMetricFamily

from core.domain import heartbeat
from core.web.client_ip import client_ip, is_within
from core.web.middleware.outage import AWAY

#: Seconds: a page of ours is drawn in a few hundredths, people wait for one, ten is a fault.
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
#: Seconds between two looks at the pool of connections.
SAMPLE = 5.0
FORMAT = "text/plain; version=0.0.4; charset=utf-8"
#: The route of what no route leads to, and of what is answered before routes are asked.
NO_ROUTE = "none"

REQUEST_SECONDS = Histogram(
    "viche_request_seconds", "Time to an answer, by route", ["route"], buckets=BUCKETS
)
RESPONSES = Counter("viche_responses", "Answers, by route and status", ["route", "status"])
SOCKETS = Gauge("viche_sockets", "Open sockets of live pages", multiprocess_mode="livesum")
POOL = Gauge(
    "viche_database_pool_connections",
    "The connections of processes to PostgreSQL: open, idle, the most that may be open, and how"
    " many requests wait for one",
    ["process", "state"],
    multiprocess_mode="livesum",
)

_JOBS = """
SELECT count(*) FILTER (WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now()),
    count(*) FILTER (WHERE status = 'todo' AND scheduled_at > now()),
    count(*) FILTER (WHERE status = 'doing'), count(*) FILTER (WHERE status = 'failed')
FROM procrastinate_jobs WHERE status IN ('todo', 'doing', 'failed')
"""
_RETRIED = """
SELECT queue_name, extract(epoch FROM statement_timestamp() - min(
    (SELECT min(at) FROM procrastinate_events WHERE job_id = job.id AND type = 'deferred')
))::float8
FROM procrastinate_jobs AS job WHERE status = 'todo' AND attempts > 0 GROUP BY queue_name
"""
_RUNS = """
SELECT name, extract(epoch FROM statement_timestamp() - at)::float8, is_ok FROM core_staterun
"""
_FAULTS = """
SELECT name, CASE level WHEN 2 THEN 'critical' ELSE 'warning' END, count(*)
FROM core_statefault WHERE over_at IS NULL GROUP BY 1, 2
"""


def observe(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    """Count an answer and the time that it took."""
    match = request.resolver_match
    route = (match.view_name if match else "") or NO_ROUTE
    REQUEST_SECONDS.labels(route).observe(seconds)
    RESPONSES.labels(route, response.status_code).inc()


def answer(request: HttpRequest) -> HttpResponse:
    """All figures, for the addresses of METRICS_ALLOWED; 404 for others."""
    if not is_within(client_ip(request), settings.METRICS_ALLOWED):
        return HttpResponse(status=404)
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(generate_latest(_registry()), content_type=FORMAT, headers=headers)


def _registry() -> CollectorRegistry:
    registry = CollectorRegistry()
    if folder := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        _forget_ended(Path(folder))
        multiprocess.MultiProcessCollector(registry, folder)  # type: ignore[no-untyped-call]  # prometheus_client
    else:
        sample_pool()
        for metric in (REQUEST_SECONDS, RESPONSES, SOCKETS, POOL):
            registry.register(metric)
    registry.register(_Build())
    registry.register(_Database())
    return registry


def _forget_ended(folder: Path) -> None:
    """Drop the gauges of processes that are no more; what they counted stays."""
    for file in folder.glob("gauge_live*_*.db"):
        process = int(file.stem.rsplit("_", 1)[1])
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            multiprocess.mark_process_dead(process, str(folder))  # type: ignore[no-untyped-call]  # prometheus_client
        except PermissionError:
            continue


class _Build:
    """The version of the process that is asked."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        built = GaugeMetricFamily("viche_build_info", "Viche's version", labels=["version"])
        built.add_metric([settings.VERSION], 1)
        yield built


def _state(
    retried: list[tuple[str, float]],
    runs: list[tuple[str, float, bool]],
    faults: list[tuple[str, str, int]],
) -> Iterator[GaugeMetricFamily]:
    """Figures of core.state, and the oldest job of each queue that is tried again."""
    words = "Age of the oldest job that is tried again, by queue"
    waits = GaugeMetricFamily("viche_retried_job_age_seconds", words, labels=["queue"])
    for queue, seconds in retried:
        waits.add_metric([queue], seconds)
    words = "Time since something last ran: a mail that went, a backup, a trial restore"
    ages = GaugeMetricFamily("viche_run_age_seconds", words, labels=["run"])
    ends = GaugeMetricFamily("viche_run_ok", "Whether the last run succeeded", labels=["run"])
    for run, seconds, is_ok in runs:
        ages.add_metric([run], seconds)
        ends.add_metric([run], is_ok)
    words = "Open faults of the installation, by check (/desk/state/)"
    open_faults = GaugeMetricFamily("viche_faults", words, labels=["check", "level"])
    for check, level, number in faults:
        open_faults.add_metric([check, level], number)
    yield from (waits, ages, ends, open_faults)


class _Database:
    """Figures read from the database on request: the same, whichever process is asked."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        up = GaugeMetricFamily("viche_database_up", "Whether PostgreSQL answers")
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(_JOBS)
                counts = cursor.fetchone()
                cursor.execute(_RETRIED)
                retried = cursor.fetchall()
                cursor.execute(_RUNS)
                runs = cursor.fetchall()
                cursor.execute(_FAULTS)
                faults = cursor.fetchall()
            age = heartbeat.heartbeat_age()
        except AWAY:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        jobs = GaugeMetricFamily("viche_jobs", "Jobs in the queue", labels=["status"])
        for status, number in zip(("due", "later", "running", "failed"), counts, strict=True):
            jobs.add_metric([status], number)
        yield jobs
        if age is not None:
            name, words = "viche_heartbeat_age_seconds", "Time since the database accepted a write"
            yield GaugeMetricFamily(name, words, value=age.total_seconds())
        yield from _state(retried, runs, faults)


def sample_pool() -> None:
    """Set what is known of this process's pool of connections."""
    pool: Any = getattr(connection, "pool", None)
    if pool is None:
        return
    stats = pool.get_stats()
    for state, name in (
        ("open", "pool_size"),
        ("idle", "pool_available"),
        ("most", "pool_max"),
        ("waiting", "requests_waiting"),
    ):
        POOL.labels(settings.PROCESS, state).set(stats.get(name, 0))


def start_sampling() -> None:
    """Look at the pool every SAMPLE seconds, in a thread that ends with the process."""

    def sample() -> None:
        while True:
            with suppress(Exception):
                sample_pool()
            sleep(SAMPLE)

    Thread(target=sample, name="metrics", daemon=True).start()
