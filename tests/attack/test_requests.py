"""Whatever a request says before its body – address, query, method, headers: an answer, and never
a 500."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.access.routes import addresses
from tests.plugins.levels import choose

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]

HOSTILE = (
    "%00",
    "a%00b",
    "%ff%fe",
    "%ed%a0%80",
    "9" * 30,
    "-1",
    "9223372036854775808",
    "%F0%9F%92%A9",
    "'\"<x>--;%5C",
    "ъ'ъ",
    "%D1%8A%E2%80%99%D1%8A",
    "[]{}()*+?^$|",
    "%0d%0aSet-Cookie:%20a=b",
    "٣",
    "²",
    "eyJhIjoxfQ",
    "WyJuIixudWxsXQ",
    "WyJuIiwxZTk5OSwxXQ",
    "WyJuIixOYU5d",
    "",
)
PARAMETERS = (
    *("q", "kind", "after", "state", "theme", "sort", "clause", "version", "from", "to", "all"),
    *("board", "answered", "list", "next", "size", "department", "procedure", "done", "start"),
    *("end", "exact", "prefix", "suffix", "lang"),
)


def _all_at_once(value: str) -> str:
    return "&".join(f"{name}={value}" for name in PARAMETERS)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "hostile" in metafunc.fixturenames:
        metafunc.parametrize("hostile", choose(metafunc.config, HOSTILE, one_in=5))


@pytest.mark.more_at_night
@pytest.mark.parametrize("role", ["anon", "admin"])
def test_no_query_breaks_a_page(city, enter, role, hostile):
    client = enter(role)
    broken = [
        name
        for name, address in addresses(city).items()
        if client.get(f"{address}?{_all_at_once(hostile)}").status_code >= 500
    ]
    assert broken == []


def test_no_parameter_breaks_a_public_page(city, enter):
    """One at a time, beside words to search for: what is wrong first may hide what is next."""
    client, page = enter("anon"), city.opened.get_absolute_url()
    pages = (
        page,
        "/consultations/",
        "/search/",
        f"/api/v1{page}remarks/",
        "/api/v1/consultations/",
    )
    for address in pages:
        for parameter in ("q", "kind", "after", "theme", "clause", "version", "size", "state"):
            for value in HOSTILE:
                words = "" if parameter == "q" else "&q=слово"
                asked = f"{address}?{parameter}={value}{words}"
                assert client.get(asked).status_code < 500, asked


@pytest.mark.more_at_night
def test_every_method_is_answered(city, enter, request):
    changing = choose(request.config, ("put", "patch", "delete", "trace"), one_in=2)
    for role in ("anon", "admin"):
        client = enter(role)
        for name, address in addresses(city).items():
            for method in ("head", "options", *changing):
                assert getattr(client, method)(address).status_code < 500, (name, method)


PATHS = (
    "/%ff/",
    "/consultations/%00/",
    "/consultations/9223372036854775808/",
    "/consultations/99999999999999999999999999/",
    "/consultations/9223372036854775807/",
    "/consultations/1%0a/",
    "/consultations/١/",
    "/files/9223372036854775807/a",
    "/files/1/%00",
    "/files/1/..%2f..%2fetc%2fpasswd",
    "/files/1/../../etc/passwd",
    "/static/../config/settings/base.py",
    "/static/%2e%2e/config/settings/base.py",
    "/static/%00",
    "//evil.example/",
    "//evil.example",
    "/\\evil.example",
    "/%5Cevil.example",
    "/" + "a/" * 2000,
    "/consultations/" + "9" * 5000 + "/",
    "/api/v1/%00/",
    "/en/en/",
    "/EN/",
)


def test_no_path_breaks_anything_or_leads_away(city, enter):
    for path in PATHS:
        response = enter("anon").generic("GET", path)
        assert response.status_code < 500, path
        assert not response.headers.get("Location", "/x").startswith(("//", "/\\", "http")), path


HEADERS: tuple[dict[str, str], ...] = (
    {"Accept-Language": "uk\x00,en;q=9" + ",a" * 3000},
    {"Accept": "\x00/*"},
    {"If-None-Match": '"' * 9000},
    {"If-Modified-Since": "Mon, 99 Foo 99999 99:99:99 GMT"},
    {"Range": "bytes=9999999999999999999999-1"},
    {"HX-Request": "true", "HX-Current-URL": "http://[", "HX-Target": "%ff"},
    {"HX-Request": "true", "HX-Current-URL-URI-AutoEncoded": "true", "HX-Current-URL": "%ff"},
    {"X-Forwarded-For": "a,b,,[::1],%00" * 500},
    {"X-Forwarded-Proto": "\x00"},
    {"Referer": "http://[::"},
    {"Origin": "null"},
    {"Cookie": "session=" + "a" * 6000},
    {"Cookie": 'session="\\000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"'},
    {"Cookie": 'session="\\355\\240\\200aaaaaaaaaaaaaaaaaaaaaaaaaaaa"'},
    {"Cookie": 'csrf="\\000"; django_language="\\000"; messages="\\000"'},
    {"Cookie": "=;;==\x7f,"},
    {"Host": "evil.example"},
    {"Host": "127.0.0.1:99999999"},
    {"Host": "testserver\x00"},
    {"Content-Length": "-5"},
)


@pytest.mark.parametrize("headers", HEADERS, ids=str)
def test_no_header_breaks_anything(consulted, headers, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client(raise_request_exception=False)
    for address in (
        "/",
        "/account/login/",
        "/account/me/",
        "/consultations/",
        f"{consulted.get_absolute_url()}?sort=слово",
        f"{consulted.get_absolute_url()}speak/?exact=слово",
        "/search/?q=слово",
        "/api/v1/consultations/?q=слово",
        "/files/1/x.pdf",
        "/nowhere/",
        "/api/nowhere/",
    ):
        assert client.get(address, headers=headers).status_code < 500, address
    assert client.post("/account/login/", {"login": "a"}, headers=headers).status_code < 500
