"""A proxy may keep what says it is public: so that is the same for everybody, or it is not kept."""

from __future__ import annotations

import gc
import re
import tracemalloc
from typing import Any

import pytest
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import Client

from core.web.pages import forget_pages, shared_page
from tests.access.routes import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
STRANGE = {"csrf": "a" * 32, "messages": "x", "django_language": "en", "tracking": "1"}


def _with(cookies: dict[str, str]) -> Client:
    client = Client(raise_request_exception=False)
    for name, value in cookies.items():
        client.cookies[name] = value
    return client


def _body(response: Any) -> bytes:
    """What it carries, also in pieces."""
    return b"".join(response) if response.streaming else response.content


def test_public_answers_carry_nothing_personal(city, client):
    public = 0
    for name, address in addresses(city).items():
        for path in (address, f"/en{address}"):
            response = client.get(path)
            control = response.headers.get("Cache-Control", "")
            if "public" in control:
                public += 1
                assert "Set-Cookie" not in response.headers and not response.cookies, name
                assert b"csrfmiddlewaretoken" not in _body(response), name
                assert {"Cookie", "HX-Request"} <= set(response["Vary"].split(", ")), name
                assert "Authorization" not in response["Vary"]
            elif response.cookies:
                assert "no-store" in control and "private" in control, name
            client.cookies.clear()
    assert public > 10


def test_a_private_page_never_comes_to_another(city, enter, olena):
    """First the signed-in person reads each page, then anybody; and the other way round."""
    for order in (("olena", "anon"), ("anon", "olena")):
        forget_pages()
        clients = [enter(role) for role in order]
        for _name, address in addresses(city).items():
            pages = [client.get(address) for client in clients]
            anon = pages[order.index("anon")]
            if anon.status_code == 200 and not anon.streaming:
                assert b"csrfmiddlewaretoken" not in anon.content or anon.cookies, address
                assert b"/account/logout/" not in anon.content, address


def test_other_cookies_change_nothing(city, client):
    for name, address in addresses(city).items():
        forget_pages()
        first = _with(STRANGE).get(address)
        second = Client().get(address)
        if "public" in second.headers.get("Cache-Control", ""):
            assert _body(first) == _body(second), name
            assert first["Cache-Control"] == second["Cache-Control"], name


def test_the_host_in_a_request_is_in_no_page(city, settings):
    settings.ALLOWED_HOSTS = ["testserver", "evil.example", ".evil.example"]
    for name, address in addresses(city).items():
        forget_pages()
        client = Client(raise_request_exception=False)
        headers = {
            "Host": "evil.example",
            "X-Forwarded-Host": "evil.example",
            "X-Forwarded-Proto": "evil",
            "X-Original-URL": "/evil",
            "Forwarded": "host=evil.example",
        }
        poisoned = client.get(address, headers=headers)
        if "public" in poisoned.headers.get("Cache-Control", ""):
            shown = _body(poisoned)
            assert b"evil" not in shown, name
            assert _body(Client().get(address)) == shown, name


def test_languages_do_not_mix(city, client):
    page = city.opened.get_absolute_url()
    for path in (page, "/", "/consultations/", "/search/?q=слово"):
        for first, second in (("uk", "en"), ("en", "uk")):
            forget_pages()
            client.get(path, headers={"Accept-Language": first})
            again = client.get(path, headers={"Accept-Language": second})
            assert again["Content-Language"] == "uk"
            assert 'lang="uk"' in again.text
            english = client.get(f"/en{path}", headers={"Accept-Language": first})
            assert 'lang="en"' in english.text.partition(">")[0] + english.text[:300]


def test_the_api_keeps_each_language_apart(city, client):
    address = f"/api/v1/consultations/{city.opened.pk}/remarks/"
    for order in (("uk", "en"), ("en", "uk")):
        forget_pages()
        for language in order:
            response = client.get(address, headers={"Accept-Language": language})
            assert response["Content-Language"] == language
            assert "Accept-Language" in response["Vary"]
    tag = client.get(address)["ETag"]
    unchanged = client.get(address, headers={"If-None-Match": tag})
    assert unchanged.status_code == 304
    # A cache takes over what a 304 says of what may be kept for whom.
    assert "Accept-Language" in unchanged["Vary"]
    english = {"If-None-Match": tag, "Accept-Language": "en"}
    assert client.get(address, headers=english).status_code == 200


def test_fragments_and_pages_are_kept_apart(city, client):
    for path in (city.opened.get_absolute_url(), f"{city.opened.get_absolute_url()}remarks/"):
        forget_pages()
        fragment = client.get(path, headers={"HX-Request": "true"})
        page = client.get(path)
        assert fragment.status_code == page.status_code == 200
        assert "HX-Request" in page["Vary"]
        assert ("<html" in page.text) == ("remarks/" not in path)


def test_head_keeps_nothing_empty(city, client):
    for name, address in addresses(city).items():
        forget_pages()
        head = client.head(address)
        full = Client().get(address)
        if "public" in full.headers.get("Cache-Control", ""):
            assert head.status_code == full.status_code == 200, name
            assert _body(full), name
            if not full.streaming:
                assert head.headers["Content-Length"] == full.headers["Content-Length"], name


def test_errors_and_refusals_are_kept_by_nobody(city, client):
    page = city.opened.get_absolute_url()
    for path in ("/nowhere/", f"{page}remarks/{city.hidden.pk}/", "/api/v1/nowhere/"):
        control = client.get(path).headers["Cache-Control"]
        assert "public" not in control and "s-maxage" not in control, path


def test_queries_are_kept_apart(city, client):
    page = city.opened.get_absolute_url()
    one = client.get(f"{page}?sort=supported").text
    other = client.get(f"{page}?sort=disputed").text
    assert re.findall('data-live-order="([a-z]+)"', one + other) == ["supported", "disputed"]


def test_ever_new_queries_do_not_fill_the_memory(monkeypatch, rf):
    """A small page with a long address takes little of what is counted and much of the memory."""
    monkeypatch.setattr("core.web.pages._pages.most_bytes", 200_000)
    small = shared_page(lambda: ["polls"])(lambda request: HttpResponse("BEGIN:VCALENDAR"))
    small(rf.get("/"))
    tracemalloc.start()
    try:
        for number in range(400):
            small(rf.get("/", QUERY_STRING=f"{number}={'x' * 6000}"))
        gc.collect()
        kept, _peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 600_000


def test_a_page_with_somebodys_token_is_kept_for_nobody(rf):
    """A form in a page that all share would bring the first reader's token to the others."""

    def form(request):
        return HttpResponse(get_token(request))

    shown = shared_page(lambda: ["polls"])(form)
    assert shown(rf.get("/")).content != shown(rf.get("/")).content
