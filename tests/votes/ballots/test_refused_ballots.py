"""A request to a secret ballot leaves no line, no figure and no report: each has a time."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.test import Client

from core.web import ballot_faults
from core.web.logs import WithoutBallots
from tests.votes import factories
from votes.electorate import actions
from votes.models import Poll

pytestmark = pytest.mark.django_db
CHOICE = "kanarka9917"


def filtering() -> logging.Handler:
    """The handler of the settings; in a run of many tests others may stand beside it."""
    return next(
        handler
        for handler in logging.getLogger().handlers
        if any(isinstance(each, WithoutBallots) for each in handler.filters)
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
    caplog.set_level("INFO")
    form = {f"q{factories.first_question(secret).pk}": factories.options(secret)[0], "cast": 1}
    form["slip"] = "nonsense"
    api = f"/api/v1/polls/{secret.pk}/secret-ballot/"
    body = {"choices": factories.choose(secret), "form": "no form"}
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


def test_other_refusals_are_told(client, secret, caplog):
    caplog.set_level("INFO")
    client.get("/polls/99999999/")
    assert lines(caplog) == ["Not Found: /polls/99999999/"]


@pytest.fixture
def failing(monkeypatch):
    """Every ballot fails, with a message that tells of it."""

    def fail(*args: Any, **kwargs: Any) -> Any:
        logging.getLogger("votes").error("about to fail")
        raise ZeroDivisionError(CHOICE)

    return lambda: monkeypatch.setattr("votes.ballots.views._may_vote", fail)


def test_a_fault_there_is_told_later_without_a_time(client, secret, bohdan, caplog, failing):
    client.force_login(bohdan)
    client.raise_request_exception = False
    failing()
    ballot_faults._faults.clear()
    addresses = [f"/polls/{secret.pk}/vote/", f"/en/polls/{secret.pk}/vote/"]
    for address in addresses:
        answer = client.post(address, {})
        assert answer.status_code == 500
        assert "X-Request-ID" not in answer.headers
    assert len(caplog.records) >= 4, "Django tells of each"
    assert lines(caplog) == []
    caplog.clear()
    client.get("/")  # the thread's next request is no ballot
    ballot_faults.tell_faults()
    (line,) = lines(caplog)
    assert "× ZeroDivisionError at tests/votes/" in line and CHOICE not in line
    ballot_faults.tell_faults()
    assert len(lines(caplog)) == 1


def test_no_figure_and_no_report_tells_of_a_ballot(
    client, secret, bohdan, settings, reports, failing
):
    settings.METRICS_ALLOWED = ["127.0.0.1"]
    settings.MIDDLEWARE = [
        settings.MIDDLEWARE[0],
        "core.web.middleware.measured.Measured",
        *settings.MIDDLEWARE[1:],
    ]
    client.force_login(bohdan)
    client.raise_request_exception = False

    def figures() -> list[str]:
        text = client.get("/metrics").content.decode()
        return [line for line in text.splitlines() if "heartbeat" not in line]

    client.get(f"/polls/{secret.pk}/")
    before = figures()
    assert 'route="votes:detail"' in "".join(before)
    client.get(f"/polls/{secret.pk}/vote/")
    form = {f"q{factories.first_question(secret).pk}": factories.options(secret)[0], "cast": 1}
    cast = client.post(
        f"/polls/{secret.pk}/vote/", {**form, "slip": factories.slip(secret, bohdan)}
    )
    assert cast.status_code == 200, "it is cast"
    client.post(f"/api/v1/polls/{secret.pk}/secret-ballot/", {}, content_type="application/json")
    client.post(f"/polls/{secret.pk}/code/", {"paper_code": "1" * 20})
    failing()
    assert client.post(f"/polls/{secret.pk}/vote/", form).status_code == 500
    assert figures() == before
    assert reports.envelopes == []
