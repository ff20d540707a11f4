"""A secret ballot that is refused leaves no line in a log: a line has a time."""

from __future__ import annotations

import logging
from uuid import uuid4

import pytest
from django.test import Client

from core.logs import WithoutRefusals
from tests.votes import factories
from votes import actions
from votes.models import Poll

pytestmark = pytest.mark.django_db


def filtering() -> logging.Handler:
    """The handler of the settings; in a run of many tests others may stand beside it."""
    return next(
        handler
        for handler in logging.getLogger().handlers
        if any(isinstance(each, WithoutRefusals) for each in handler.filters)
    )


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What reaches the log of an installation."""
    handler = filtering()
    return [record.getMessage() for record in caplog.records if handler.filter(record)]


@pytest.fixture
def secret(officer, department, bohdan):
    people = [("Богдан Лис", "bohdan@viche.example")]
    return actions.freeze(
        factories.poll(officer, department, people=people, secrecy=Poll.Secrecy.SECRET)
    )


def test_refused_on_the_page_and_in_the_api(client, secret, bohdan, charlie, caplog):
    form = {f"q{factories.first_question(secret).pk}": factories.options(secret)[0], "cast": 1}
    form["code"] = str(uuid4())
    api = f"/api/v1/polls/{secret.pk}/secret-ballot/"
    body = {"choices": factories.choose(secret), "code": "no code"}
    refused = []
    for language in ("", "/en"):
        address = f"{language}/polls/{secret.pk}"
        refused.append(client.post(f"{address}/code/", {"paper_code": "1" * 20}))
        client.force_login(charlie)
        refused.append(client.get(f"{address}/vote/"))
        refused.append(client.post(f"{address}/vote/", form))
        refused.append(client.put(f"{address}/vote/"))
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(charlie)
        refused.append(strict.post(f"{address}/vote/", form))
    client.force_login(bohdan)
    refused.append(client.post(api, body, content_type="application/json"))
    refused.append(client.post(api, b"{", content_type="application/json"))
    statuses = [answer.status_code for answer in refused]
    assert set(statuses) <= {400, 403, 405, 422}, statuses
    assert len(caplog.records) >= len(refused), "Django tells of each"
    assert lines(caplog) == []


def test_other_refusals_are_told_and_so_is_an_error_there(client, secret, caplog):
    client.get("/polls/99999999/")
    assert lines(caplog) == ["Not Found: /polls/99999999/"]
    record = logging.makeLogRecord({"name": "django.request", "msg": "error", "status_code": 500})
    record.request = client.get(f"/polls/{secret.pk}/vote/").wsgi_request
    assert filtering().filter(record)
