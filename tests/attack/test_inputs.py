"""Whatever is sent: an answer, and never a 500."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client, RequestFactory
from django.urls import reverse

from config.wsgi import application
from consultations import actions
from core.search import document, query
from tests import factories
from tests.access.routes import addresses

pytestmark = pytest.mark.django_db

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


@pytest.mark.timeout(1200)  # every route × every hostile value
@pytest.mark.parametrize("role", ["anon", "admin"])
def test_no_query_breaks_a_page(city, enter, role):
    client = enter(role)
    broken = []
    for name, address in addresses(city).items():
        for value in HOSTILE:
            response = client.get(f"{address}?{_all_at_once(value)}")
            if response.status_code >= 500:
                broken.append((name, value))
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


def test_every_method_is_answered(city, enter):
    for role in ("anon", "admin"):
        client = enter(role)
        for name, address in addresses(city).items():
            for method in ("head", "options", "put", "patch", "delete", "trace"):
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
    "/static/../config/settings.py",
    "/static/%2e%2e/config/settings.py",
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


@pytest.mark.django_db(transaction=True)
def test_no_charset_breaks_the_server():
    """Names of codecs that are none of text, or fail at everything: Django reads the query by
    them before any middleware runs, so the test's client cannot stand for the server."""
    charsets = ("rot13", "hex", "zlib", "undefined", "idna", "punycode", "utf-16", "nosuch")
    queries = ("q=%D1%81%D0%BB%D0%BE%D0%B2%D0%BE", "&".join(["a=b"] * 2000))
    for charset, asked in product(charsets, queries):
        for address in ("/search/", "/api/v1/consultations/"):
            environ = RequestFactory().get(address).environ | {
                "QUERY_STRING": asked,
                "CONTENT_TYPE": f"text/plain; charset={charset}",
            }
            answered: list[str] = []
            b"".join(application(environ, lambda status, headers, to=answered: to.append(status)))
            assert int(answered[0].split()[0]) < 500, (address, charset, asked[:20])


@pytest.fixture
def consulted(department):
    return factories.consultation(department)


NASTY = (
    "\x00",
    "слово\x00слово",
    "\x0b\x0c\x08",
    "ъ'ъ ь’’ь",
    "\ufffe\uffff",
    "\u202eabc",
    "💩" * 300,
    "a\u0300" * 2000,
    "\\",
    "'); DROP TABLE users;--",
    "İ" * 100,
    "\u2028\u2029",
)


@pytest.mark.parametrize("nasty", NASTY)
def test_no_words_break_a_form_or_what_reads_them_after(city, enter, nasty):
    """What is refused is told; what is taken can be read on every page afterwards."""
    olena, pk = enter("olena"), city.opened.pk
    own = city.shown.get_absolute_url()
    forms = {
        f"/consultations/{pk}/speak/": {
            "kind": "wording",
            "text": nasty + "x",
            "proposal": nasty + "y",
            "clause": str(city.clause.key),
            "start": nasty,
            "end": nasty,
            "exact": nasty,
        },
        f"{own}edit/": {"text": nasty + "z"},
        f"{own}reply/": {"text": nasty + "w", "official": nasty},
        f"{own}react/": {"value": nasty},
        "/account/profile/": {
            "given_name": nasty,
            "family_name": nasty,
            "public_name_style": nasty,
            "language": nasty,
        },
        "/account/email/": {"email": nasty, "action_add": ""},
        "/account/password/change/": {"oldpassword": nasty, "password1": nasty},
        "/account/login/": {"login": nasty, "password": nasty},
        reverse("moderation:report", args=[city.reply.pk]): {"reason": nasty, "details": nasty},
    }
    for address, data in forms.items():
        assert olena.post(address, data).status_code < 500, address
    anon = enter("anon")
    for address, data in {
        "/account/login/": {"login": f"{nasty}@a.ua", "password": nasty, "next": nasty},
        "/account/signup/": {"email": f"{nasty}@a.ua", "password1": nasty, "given_name": nasty},
        "/account/login/code/": {"email": nasty},
        "/account/password/reset/": {"email": nasty},
    }.items():
        assert anon.post(address, data).status_code < 500, address
    ofi = enter("ofi")
    desk = f"/desk/consultations/{pk}"
    texts = ("title", "summary", "problem", "options", "affected", "contact_person")
    described = {name: f"{nasty} {name}" for name in (*texts, "contact_details", "on_paper")}
    for address, data in {
        f"{desk}/edit/": described,
        f"{desk}/dates/": {"reason": nasty, "last_day": nasty, "opens_on": nasty},
        f"{desk}/papers/link/": {"link-title": nasty, "link-url": f"https://a.ua/{nasty}"},
        f"{desk}/remarks/{city.shown.pk}/answer/": {f"r{city.shown.pk}-text": f"a{nasty}"},
        f"/desk/consultations/{city.by_state['closed'].pk}/report/": {"outcome": f"a{nasty}"},
        f"/desk/consultations/{city.by_state['announced'].pk}/withdraw/": {"reason": f"a{nasty}"},
    }.items():
        assert ofi.post(address, data).status_code < 500, address
    mo = enter("mo")
    hide = reverse("moderation:hide", args=[city.reply.pk])
    assert (
        mo.post(
            hide, {f"c{city.reply.pk}-reason": "spam", f"c{city.reply.pk}-note": nasty}
        ).status_code
        < 500
    )
    for role in ("anon", "olena", "mo", "ofi"):
        client = enter(role)
        for name, address in addresses(city).items():
            assert client.get(address).status_code < 500, (role, name)


BODIES = (
    b"",
    b"[]",
    b"null",
    b'"\\ud800"',
    b'{"\\ud800": 1}',
    b'{"text": "\\ud800"}',
    b'{"text": "\\u0000"}',
    b'{"text": "\\u044a\'\\u044a"}',
    b'{"kind": "\\ud800"}',
    b'{"clause": "\\ud800"}',
    b'{"clause": "\\u0000"}',
    b'{"text": "a", "quote": {"start": 1, "end": 2, "exact": "\\ud800"}}',
    b'{"text": "a", "quote": {"\\ud800": 2}}',
    b'{"text": "a", "quote": {"start": 1e400, "end": 2, "exact": "x"}}',
    b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    b'{"text": ' + b"9" * 5000 + b"}",
    b"\xff\xfe{}",
    b'{"text": NaN}',
    b'{"text": "a", "text": "b", "kind": {"a": []}}',
)


def test_no_json_breaks_the_api(consulted, olena, enter):
    client = enter("olena")
    address = f"/api/v1/consultations/{consulted.pk}/remarks/"
    for body in BODIES:
        response = client.post(address, body, content_type="application/json")
        assert response.status_code < 500, body[:80]
        assert json.loads(response.content), body[:80]


@pytest.mark.parametrize(
    "content_type",
    ["multipart/form-data", "multipart/form-data; boundary=\xff", "text/xml", "", "a/b; charset=x"],
)
def test_no_kind_of_body_breaks_a_form(city, enter, content_type):
    client = enter("olena")
    for address in (f"/consultations/{city.opened.pk}/speak/", "/account/login/"):
        response = client.generic("POST", address, b"--x\r\n\xff", content_type=content_type)
        assert response.status_code < 500, address


def test_a_form_of_ten_thousand_parts_is_refused(city, enter):
    client, address = enter("olena"), f"/consultations/{city.opened.pk}/speak/"
    response = client.post(address, {f"f{number}": "x" for number in range(10_000)})
    assert response.status_code == 400
    plain = "&".join(f"f{number}=x" for number in range(10_000))
    kind = "application/x-www-form-urlencoded"
    assert client.post(address, plain, content_type=kind).status_code == 400


def test_signs_alone_are_searched_for_and_stored(olena, city):
    """A word of nothing but hard signs around an apostrophe once broke out of its quotes."""
    made = actions.remark(city.opened, by=olena, text="ъ'ъ 'ъ' ъ’ъ")
    assert made.pk
    assert "''" not in document(A="ъ'ъ")
    assert all("'" not in lemma for lemma in query("ъ'ъ").lemmas)


LAST_DAY = "9999-12-31"


def test_the_last_day_that_there_is_breaks_nothing(city, enter):
    """After it no other comes, by which its end could be told."""
    collecting = city.petitions["collecting"].get_absolute_url()
    assert enter("anon").get(f"{collecting}signers/?day={LAST_DAY}").status_code == 200
    listed = enter("anon").get(f"/api/v1{collecting}signatures/?day={LAST_DAY}")
    assert listed.status_code == 400
    admin = enter("admin")
    mo = city.people["mo"]
    forms = {
        reverse("staff:grant", args=[mo.pk]): {
            "role": "moderator",
            "reason": "наказ",
            "last_day": LAST_DAY,
        },
        reverse("staff:cover", args=[mo.pk]): {
            "cover": city.people["ofi"].pk,
            "first_day": "2030-01-01",
            "last_day": LAST_DAY,
        },
        f"/desk/consultations/{city.opened.pk}/dates/": {"last_day": LAST_DAY, "reason": "треба"},
    }
    for address, data in forms.items():
        answer = admin.post(address, data)
        assert answer.status_code == 422, address
        assert "2100" in answer.text, address
    with pytest.raises(CommandError, match="is no day"):
        call_command("grant", mo.email, "moderator", until=LAST_DAY)


def test_every_day_that_a_form_asks_for_lies_within_reach():
    """A form of ours uses the fields of core.forms, whatever else Django has."""
    found = [
        f"{path}: {kind}"
        for path in Path(settings.BASE_DIR).glob("*/**/*forms*.py")
        if path.relative_to(settings.BASE_DIR).parts[0] not in ("core", "tests", ".venv")
        for kind in ("forms.DateField", "forms.DateTimeField")
        if kind in path.read_text()
    ]
    assert found == []


def test_a_title_of_a_petition_with_a_sign_that_no_text_has(city, enter):
    olena = enter("olena")
    draft = city.petitions["draft"]
    for name in ("start_what", "start_alike"):
        address = reverse(f"petitions:{name}", args=[draft.pk])
        answer = olena.post(address, {"title": "Полагодити\x00міст"})
        assert answer.status_code < 500, name


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("grant", ("mo@viche.example", "moderator", "--reason", "x" * 501)),
        ("revoke", ("mo@viche.example", "--reason", "x" * 501)),
        ("break_glass", ("mo@viche.example", "--hours", "1", "--reason", "x" * 501)),
        ("suspend", ("mo@viche.example", "--by", "admin@viche.example", "--reason", "x" * 501)),
        ("create_person", ("new@viche.example", "Я" * 81, "Коваль")),
        ("verify_ledger", ("999",)),
        ("verify_ledger", ("9" * 30,)),
    ],
)
def test_what_no_command_can_do_is_told_in_a_line(mo, admin, command, arguments):
    with pytest.raises(CommandError) as told:
        call_command(command, *arguments)
    assert "\n" not in str(told.value).strip()
