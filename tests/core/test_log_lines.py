"""Lines of the log: an id of the request or the job in each, ordinary refusals none, JSON."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from types import SimpleNamespace

import pytest
from django.test import Client

from core.web import log_context
from core.web.logs import JsonLine, Line, WithIds

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(request):
    """What an installation's handler writes, by the formatter that the test is given."""
    ours = next(
        handler
        for handler in logging.getLogger().handlers
        if any(isinstance(each, WithIds) for each in handler.filters)
    )
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(getattr(request, "param", Line)())
    handler.filters = list(ours.filters)
    logging.getLogger().addHandler(handler)
    yield lambda: written.getvalue().splitlines()
    logging.getLogger().removeHandler(handler)


def test_every_request_has_an_id_in_its_answer_and_its_lines(lines):
    client = Client(enforce_csrf_checks=True)
    refused = client.post("/account/login/", {})
    other = client.post("/account/login/", {})
    named = refused.headers["X-Request-ID"]
    assert len(named) == 16 and named != other.headers["X-Request-ID"]
    (line,) = [line for line in lines() if named in line]
    assert line.startswith(f"WARNING django.security.csrf request={named}: Forbidden")


def test_a_trusted_proxy_names_requests_and_nobody_else(client, settings):
    def called(name: str) -> str:
        return client.get("/healthz", headers={"X-Request-ID": name}).headers["X-Request-ID"]

    theirs = "0123456789abcdef0123456789abcdef"
    assert called(theirs) != theirs
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    assert called(theirs) == theirs
    for odd in ("short", "x" * 65, "1234567\n8", "12345678 <b>", "12345678\u0456"):
        assert called(odd) not in (odd, "")


def test_ordinary_refusals_are_no_warnings_and_those_of_rights_are(client, lines, charlie):
    assert client.get("/nowhere/").status_code == 404
    assert client.delete("/petitions/").status_code == 405
    assert client.get("/api/v1/petitions/999999/").status_code == 404
    client.force_login(charlie)
    new = client.post("/petitions/new/", {"title": ""})
    assert new.status_code in (404, 422)
    assert lines() == []
    assert client.get("/desk/moderation/").status_code in (302, 403, 404)
    logging.getLogger().setLevel("INFO")
    try:
        client.get("/nowhere/")
    finally:
        logging.getLogger().setLevel("WARNING")
    assert any(line.startswith("INFO django.request request=") for line in lines())


@pytest.mark.parametrize("lines", [JsonLine], indirect=True)
def test_lines_for_programs_are_json(client, lines, monkeypatch):
    def broken(*args):
        raise ZeroDivisionError("дрібниця\nin two lines")

    monkeypatch.setattr("portal.health.heartbeat.heartbeat_age", broken)
    client.raise_request_exception = False
    answer = client.get("/healthz/writes")
    assert answer.status_code == 500
    (line,) = lines()
    said = json.loads(line)
    assert said["level"] == "ERROR" and said["status"] == 500
    assert said["request"] == answer.headers["X-Request-ID"]
    assert "дрібниця\nin two lines" in said["traceback"]


def test_lines_of_a_job_carry_its_id(lines):
    async def job():
        logging.getLogger("petitions").warning("something")

    async def run():
        log_context._request_id.set("")
        await log_context.mark_job(job, SimpleNamespace(job=SimpleNamespace(id=71)), None)

    asyncio.run(run())
    assert lines() == ["WARNING petitions job=71: something"]
