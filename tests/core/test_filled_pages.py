"""A page with blanks that its process keeps, filled in, is the page that would be drawn whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage import default_storage
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from core.web import filled_pages
from core.web.filled_pages import filled_page, forget_filled_pages

TEMPLATE = "appeals/filed.html"
CONTEXT = {
    "find_url": "https://viche.example/",
    "article": "ст. 20",
    "is_in_hours": False,
    "registered_on": date(2026, 11, 27),
    "due_at": datetime(2026, 12, 28, tzinfo=UTC),
}
WORDS = {
    "number": "1-27.11.2026",
    "secret": "<b>\0&amp;",
    "email": "olena@viche.example",
    "url": "/appeals/1/?a=1&b='2'",
    "qr_code": mark_safe("<svg></svg>"),
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    forget_filled_pages()
    yield
    forget_filled_pages()


@pytest.fixture
def request_of(rf):
    def make(path: str = "/appeals/new/", **more: str) -> HttpRequest:
        request = rf.post(path, **more)
        request.user, request.session = AnonymousUser(), {}
        request._messages = default_storage(request)
        return request

    return make


def filled(request: HttpRequest, **words: str) -> str:
    return filled_page(request, TEMPLATE, CONTEXT, WORDS | words, status=201).content.decode()


@pytest.mark.parametrize("changed", [{}, {"email": ""}, {"secret": "", "qr_code": ""}])
def test_it_is_the_page_that_is_drawn_whole(request_of, changed):
    whole = render_to_string(TEMPLATE, {**CONTEXT, **WORDS, **changed}, request_of())
    for _again in range(2):
        assert filled(request_of(), **changed) == whole
    assert len(filled_pages._blank_pages._items) == 1


def test_each_gets_their_own_words(request_of):
    pages = {number: filled(request_of(), number=number) for number in ("7-x", "8-x")}
    for number, page in pages.items():
        assert [each in page for each in pages] == [each == number for each in pages]


def test_nothing_of_who_came_first_is_kept(request_of):
    """Neither what they are told, nor their cookies, nor the token of their forms."""
    first = request_of(HTTP_COOKIE="sessionid=of-the-first")
    get_token(first)
    token = first.META["CSRF_COOKIE"]
    first._messages.add(20, "Слово до першої")
    assert "Слово до першої" in filled(first)
    assert not filled_pages._blank_pages._items, "what is told to one is drawn for them alone"
    filled(request_of(HTTP_COOKIE="sessionid=of-the-first"))
    page = filled(request_of())
    assert not [word for word in ("of-the-first", token, "Слово") if word in page]


def test_who_is_signed_in_gets_a_page_of_their_own(request_of, olena):
    request = request_of()
    request.user = olena
    assert WORDS["number"] in filled(request)
    assert not filled_pages._blank_pages._items
