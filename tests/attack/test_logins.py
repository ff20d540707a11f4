"""Many at once before real servers: no count of tries is passed, no code counts twice."""

from __future__ import annotations

import http.client
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory

from accounts import limits
from accounts.models import User
from tests.factories import PASSWORD
from tests.factors import App, connect_app
from tests.servers import HOST, Server, start_web

pytestmark = pytest.mark.django_db(transaction=True)

WRONG, LIMITED, BUSY, MANY, IN = "wrong", "limited", "busy", "too many forms", "in"
AT_ONCE = 32


@pytest.fixture
def person(transactional_db) -> User:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE core_limit")
    return User.objects.create_user(
        "resident@viche.example", PASSWORD, given_name="Ганна", family_name="Ткач"
    )


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    """``serve(TRUSTED_PROXIES=…)``: two processes for pages, as in production."""
    opened = []

    def start(**env: str) -> Server:
        server = start_web(workers=2, **env)
        opened.append(server)
        return server.__enter__()

    yield start
    for server in opened:
        server.__exit__(None, None, None)


def post(
    server: Server, path: str, fields: dict[str, str], *, session: str = "", **headers: str
) -> str:
    """Send a form on a connection of its own; what was answered, in a word."""
    request = RequestFactory().get("/")
    token = get_token(request)
    cookies = {settings.CSRF_COOKIE_NAME: request.META["CSRF_COOKIE"]}
    if session:
        cookies[settings.SESSION_COOKIE_NAME] = session
    line = http.client.HTTPConnection(HOST, server.port, timeout=60)
    line.request(
        "POST",
        f"/en{path}",
        urlencode({"csrfmiddlewaretoken": token, **fields}),
        {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        },
    )
    answer = line.getresponse()
    words = answer.read().decode()
    line.close()
    if answer.status == 200:
        return WRONG
    if answer.status == 429 and "Too many attempts. You" in words and "<form" in words:
        return LIMITED
    return {302: IN, 429: MANY, 503: BUSY}[answer.status]


@pytest.mark.parametrize(
    ("proxies", "forwarded"),
    [("", "198.51.{}.{}"), ("127.0.0.1", "198.51.{}.{}, 203.0.113.7")],
    ids=["no proxy", "behind a proxy"],
)
def test_200_wrong_passwords_at_once_with_made_up_addresses(person, serve, proxies, forwarded):
    server = serve(TRUSTED_PROXIES=proxies)

    def guess(number: int) -> str:
        header = forwarded.format(number // 250, number % 250)
        fields = {"login": person.email, "password": f"guess number {number}"}
        return post(server, "/account/login/", fields, X_Forwarded_For=header)

    with ThreadPoolExecutor(AT_ONCE) as crowd:
        answers = Counter(crowd.map(guess, range(200)))
    assert answers.total() == 200
    # What was looked at, be it that the machine had no time to hash it, is within the limit.
    assert answers[WRONG] + answers[BUSY] == limits.PASSWORD.most
    assert answers[LIMITED] + answers[MANY] == 200 - limits.PASSWORD.most
    assert "Traceback" not in server.output()


@pytest.fixture
def halves(person) -> tuple[App, Callable[[], str]]:
    """Sessions in which the password was given and the factor is asked for."""
    app = connect_app(person)

    def half() -> str:
        client = Client()
        client.post("/account/login/", {"login": person.email, "password": PASSWORD})
        return str(client.session.session_key)

    return app, half


def test_wrong_codes_at_once_stay_within_the_limit(halves, serve):
    app, half = halves
    near = {app.code(step) for step in range(-4, 5)}
    wrong = [code for code in (f"{number:06}" for number in range(100)) if code not in near][:60]
    sessions = [half() for _ in range(4)]
    server = serve()

    def guess(number: int) -> str:
        fields = {"code": wrong[number]}
        forged = {"X_Forwarded_For": f"198.51.100.{number}"}
        session = sessions[number % len(sessions)]
        return post(server, "/account/login/factor/", fields, session=session, **forged)

    with ThreadPoolExecutor(AT_ONCE) as crowd:
        answers = Counter(crowd.map(guess, range(60)))
    assert answers == {WRONG: limits.FACTOR.most, LIMITED: 60 - limits.FACTOR.most}


def test_one_code_sent_by_many_at_once_lets_one_in(halves, serve):
    app, half = halves
    sessions = [half() for _ in range(8)]
    server = serve()
    code = app.code()
    with ThreadPoolExecutor(len(sessions)) as crowd:
        answers = Counter(
            crowd.map(
                lambda session: post(
                    server, "/account/login/factor/", {"code": code}, session=session
                ),
                sessions,
            )
        )
    assert answers == {IN: 1, WRONG: 7}
