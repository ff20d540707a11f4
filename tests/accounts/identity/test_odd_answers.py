"""A provider that answers as it should not: one plain page, nothing changed, never a 500."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import hypothesis
import pytest
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from hypothesis import strategies as some

from accounts.identity.idgov.fake import PEOPLE
from accounts.models import Verification
from tests.accounts.identity.conftest import back_from, provider_of_state, way_out
from tests.plugins.levels import level

pytestmark = pytest.mark.django_db
BEGIN = "/account/verify/idgov/"
TOKEN = b'{"access_token": "t", "user_id": "u", "expires_in": 600}'
CODE = PEOPLE["charlie"]["drfocode"]


class Odd(ThreadingHTTPServer):
    """Answers each path with what the test says: status, headers, body."""

    answers: dict[str, tuple[int, dict[str, str], bytes]]


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, headers, body = self.server.answers.get(self.path.split("?")[0], (200, {}, TOKEN))
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def odd() -> Iterator[Odd]:
    server = Odd(("127.0.0.1", 0), Handler)
    server.answers = {}
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def returns(client, odd, settings, idgov):
    """The person's return, after which the provider is asked at the odd server."""
    back = back_from(way_out(client.post(BEGIN)), who="charlie", auth_type="bank_id")
    settings.IDENTITY_PROVIDERS = provider_of_state(f"http://127.0.0.1:{odd.server_port}")
    return client.get(back)


HUGE = b'{"drfocode": "' + b"1" * 3_000_000 + b'"}'
DEEP = b"[" * 100_000


@pytest.mark.parametrize("path", ["/get-access-token", "/get-user-info"])
@pytest.mark.parametrize(
    "answer",
    [
        (200, {}, b""),
        (200, {}, b"<html>"),
        (200, {}, b"[]"),
        (200, {}, b'"text"'),
        (200, {}, b"null"),
        (200, {}, b'{"access_token": ["x"], "user_id": {}, "expires_in": "soon"}'),
        (200, {}, b"\xff\xfe"),
        (200, {"Content-Encoding": "gzip"}, b"not gzip"),
        (200, {}, DEEP),
        (200, {}, HUGE),
        (200, {}, b'{"error": "invalid_grant", "message": "no"}'),
        (302, {"Location": "http://127.0.0.1:1/"}, b""),
        (500, {}, b"{}"),
    ],
    ids=lambda answer: repr(answer[2][:12]) + str(answer[0]),
)
def test_what_makes_no_sense(client, charlie, idgov, odd, settings, path, answer):
    client.force_login(charlie)
    odd.answers[path] = answer
    page = returns(client, odd, settings, idgov)
    assert page.status_code in (403, 502)
    assert not Verification.objects.exists()
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "told",
    [
        b'{"lastname": "X"}',
        b'{"drfocode": ""}',
        b'{"drfocode": null}',
        b'{"drfocode": "123"}',
        b'{"drfocode": ["1"]}',
        b'{"drfocode": {"a": 1}}',
        b'{"drfocode": "0000000000"}',
        b'{"encryptedUserInfo": "AAAA"}',
        f'{{"drfocode": "{CODE[:-1]}{(int(CODE[-1]) + 1) % 10}"}}'.encode(),
    ],
)
def test_no_code_or_a_wrong_one(client, charlie, idgov, odd, settings, told):
    client.force_login(charlie)
    odd.answers["/get-user-info"] = (200, {}, told)
    page = returns(client, odd, settings, idgov)
    assert page.status_code == 403
    assert "РНОКПП" in page.content.decode()
    assert not Verification.objects.exists()


def test_odd_names_and_organisations_harm_nothing(client, charlie, idgov, odd, settings):
    client.force_login(charlie)
    odd.answers["/get-user-info"] = (
        200,
        {},
        f'{{"drfocode": "{CODE}", "givenname": "<b>\\u0000x", "lastname": 7, "edrpoucode": [1],'
        '"auth_type": {}, "isqscd": []}'.encode(),
    )
    assert returns(client, odd, settings, idgov).status_code == 302
    page = client.get("/account/verify/").content.decode()
    assert "<b>" not in page
    assert Verification.objects.get().organisation_code == ""


@pytest.mark.more_at_night
def test_any_json_in_place_of_what_a_provider_tells_is_no_fault(
    client, charlie, idgov, odd, settings, request
):
    leaf = some.one_of(some.none(), some.booleans(), some.integers(), some.text(), some.floats())
    anything = some.recursive(
        leaf, lambda part: some.lists(part) | some.dictionaries(some.text(), part), max_leaves=5
    )
    true = {
        "/get-access-token": json.loads(TOKEN),
        "/get-user-info": {"drfocode": CODE, "givenname": "Іван", "edrpoucode": ""},
    }
    names = [(path, name) for path, told in true.items() for name in (*told, "")]
    providers = settings.IDENTITY_PROVIDERS
    client.force_login(charlie)

    @hypothesis.settings(
        max_examples=150 if level(request.config).nightly else 6,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(some.sampled_from(names), anything)
    def attempt(place: tuple[str, str], value: object) -> None:
        path, name = place
        told = {**true[path], name: value} if name else value
        odd.answers = {path: (200, {}, json.dumps(told).encode())}
        settings.IDENTITY_PROVIDERS = providers
        with transaction.atomic():
            page = returns(client, odd, settings, idgov)
            transaction.set_rollback(True)
        assert page.status_code in (302, 403, 502), told

    attempt()
