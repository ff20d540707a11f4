"""A report of a fault holds nothing of a person: what was reports, asked, typed or stored."""

from __future__ import annotations

import logging
from io import BytesIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

import config.urls
from tests.plugins.reports import Sent

pytestmark = pytest.mark.django_db
CANARY, IP = "kanarka7731", "192.0.2.77"


def fail(request: HttpRequest, text: str) -> HttpResponse:
    """A fault whose variables, message and cause hold what a person has sent."""
    words = f"{request.POST['text']} {text} {request.user.given_name}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::integer", [words])  # PostgreSQL quotes them
    return HttpResponse()


urlpatterns = [path("fail/<str:text>/", fail, name="fail"), *config.urls.urlpatterns]


def test_a_report_says_where_it_failed_and_nothing_of_who_asked(
    client, reports, olena, settings, nothing_personal
):
    settings.ROOT_URLCONF = "tests.core.test_fault_reports"
    olena.given_name = CANARY
    olena.save()
    client.force_login(olena)
    client.cookies["odd"] = CANARY
    client.raise_request_exception = False
    answer = client.post(
        f"/fail/{CANARY}/?q={CANARY}",
        {"text": CANARY, "file": BytesIO(CANARY.encode())},
        headers={"User-Agent": CANARY, "X-Forwarded-For": IP, "Referer": CANARY},
        REMOTE_ADDR=IP,
    )
    assert answer.status_code == 500
    (event,) = reports.events()
    last = event["exception"]["values"][-1]
    assert last["type"] == "DataError"
    assert "fail" in [frame["function"] for frame in last["stacktrace"]["frames"]]
    assert event["transaction"] == "/fail/{text}/"
    assert event["tags"] == {"request_id": answer.headers["X-Request-ID"]}
    assert event["release"] == "viche@1"
    nothing_personal(reports, olena)


@pytest.fixture
def nothing_personal():
    def hold_nothing(reports: Sent, *people) -> None:
        written = b"\n".join(reports.envelopes).decode()
        for secret in (CANARY, IP, *(person.email for person in people), "odd="):
            assert secret not in written, secret

    return hold_nothing


def test_log_lines_go_without_their_values(reports, nothing_personal):
    logging.getLogger("portal.home").error("Not sent to %s", CANARY)
    logging.getLogger("procrastinate.worker").error(f"Job mail[1](to={CANARY}) failed")
    own, foreign = reports.events()
    assert own["logentry"] == {"message": "Not sent to %s"}
    assert "logentry" not in foreign and foreign["logger"] == "procrastinate.worker"
    nothing_personal(reports)


def test_nothing_but_errors_is_sent(reports, client, olena):
    client.force_login(olena)
    client.get("/")
    client.get("/nowhere/")
    logging.getLogger("portal.home").warning("only a warning")
    call_command("release", stdout=open("/dev/null", "w"))  # noqa: SIM115, PTH123
    assert reports.envelopes == []
