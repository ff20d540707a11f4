"""Figures for a monitor: for named addresses alone, by the names of routes."""

from __future__ import annotations

import re

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from websockets.sync.client import connect

from core.domain.heartbeat import write_heartbeat
from tests import factories
from tests.servers import start_live, start_web

MEASURED = "core.web.middleware.measured.Measured"


def figures(text: str) -> dict[tuple[str, ...], float]:
    """Each figure by its name and the values of its labels."""
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.fixture
def opened(department):
    return factories.consultation(department)


@pytest.fixture
def measured(client, settings, db):
    settings.METRICS_ALLOWED = ["127.0.0.0/8"]
    settings.MIDDLEWARE = [settings.MIDDLEWARE[0], MEASURED, *settings.MIDDLEWARE[1:]]
    return client


def test_off_unless_set(client):
    assert client.get("/metrics").status_code == 404


def test_only_named_addresses_get_them(measured, settings):
    assert measured.get("/metrics").status_code == 200
    assert measured.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 404
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    for forwarded, status in (("192.0.2.7", 404), ("127.0.0.1, 192.0.2.7", 404), ("", 200)):
        answer = measured.get("/metrics", headers={"X-Forwarded-For": forwarded})
        assert answer.status_code == status, forwarded


def test_any_host_reaches_them_since_a_monitor_asks_each_machine(measured, settings):
    settings.ALLOWED_HOSTS = ["viche.example"]
    assert measured.get("/metrics", headers={"Host": "10.0.0.2:8000"}).status_code == 200
    assert measured.get("/healthz", headers={"Host": "10.0.0.2:8000"}).status_code == 400


def test_they_name_routes_and_never_a_path(measured, opened, olena):
    write_heartbeat()
    measured.get(f"/consultations/{opened.pk}/")
    measured.get("/consultations/770099007701/")
    measured.get("/nowhere/770099007702/?q=770099007703")
    measured.get("/api/v1/consultations/770099007704/")
    text = measured.get("/metrics").content.decode()
    assert "7700990077" not in text and "olena" not in text
    found = figures(text)
    assert found["viche_responses_total", "consultations:detail", "200"] >= 1
    assert found["viche_responses_total", "consultations:detail", "404"] >= 1
    assert found["viche_responses_total", "none", "404"] >= 1
    assert found["viche_request_seconds_count", "consultations:detail"] >= 2
    assert found["viche_database_up",] == 1
    assert found["viche_jobs", "due"] >= 0
    assert 0 <= found["viche_heartbeat_age_seconds",] < 60
    assert found["viche_database_pool_connections", "other", "most"] > 0


@pytest.mark.long
@pytest.mark.cpu(15)
@pytest.mark.django_db(transaction=True)
def test_processes_are_added_up(opened, tmp_path):
    """Two processes of pages and one of sockets; one that has ended is not counted as open."""
    env = {"METRICS_ALLOWED": "127.0.0.1", "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    with start_web(workers=2, VICHE_PROCESS="pages", **env) as web:

        def ask() -> dict[tuple[str, ...], float]:
            answer = httpx.get(f"{web.url}/metrics", headers={"Host": "10.0.0.2"}, timeout=20)
            assert answer.status_code == 200
            assert not re.search(r"\bpid=", answer.text)
            return figures(answer.text)

        with start_live(VICHE_PROCESS="sockets", **env) as live:
            for _ in range(40):
                httpx.get(f"{web.url}/consultations/{opened.pk}/", timeout=20)
            where = f"{live.live_url}consultation:{opened.pk}/?lang=uk&seq=0"
            with connect(where, origin=web.url) as one, connect(where, origin=web.url) as two:
                assert one.recv(10) and two.recv(10)
                found = ask()
                assert found["viche_sockets",] == 2
                assert found["viche_responses_total", "consultations:detail", "200"] == 40
                assert found["viche_database_pool_connections", "sockets", "most"] == 4
                assert found["viche_database_pool_connections", "pages", "most"] == 8
            live.kill()
        after = ask()
        assert after.get(("viche_sockets",), 0) == 0
        assert ("viche_database_pool_connections", "sockets", "open") not in after
        assert after["viche_responses_total", "consultations:detail", "200"] == 40
