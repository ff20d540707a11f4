"""Keyset paging: every row once, both ways, whatever the order, and wrong cursors do no harm."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode

import pytest
from django.db.models import F, Value
from django.db.models.functions import Mod
from hypothesis import given
from hypothesis import strategies as st

from city.models import Theme
from core.db.paging import BadCursor, page_of
from discussions.models import Comment, Thread

pytestmark = pytest.mark.django_db

ORDERS = [
    ("id",),
    ("-id",),
    ("-score", "-id"),
    ("dispute", "id"),
    ("-score", "id"),
    ("author__family_name", "-created_at", "id"),
    ("-created_at", "-id"),
    ("rest", "-id"),
]


@pytest.fixture
def comments(olena, bohdan):
    thread = Thread.objects.create()
    Comment.objects.bulk_create(
        Comment(
            thread=thread,
            author=bohdan if number % 2 else olena,
            text=f"{number}",
            html="",
            agrees=number % 4,
            disagrees=number % 3,
        )
        for number in range(23)
    )
    return Comment.objects.select_related("author").annotate(rest=Mod(F("agrees"), Value(2)))


@pytest.mark.parametrize("order", ORDERS)
def test_walks_every_row_once_forward_and_back(comments, order):
    expected = list(comments.order_by(*order))
    seen, cursor, pages = [], None, []
    while True:
        page = page_of(comments, order=order, after=cursor, size=5, strict=True)
        pages.append(page)
        seen += page.items
        if not page.next_cursor:
            break
        cursor = page.next_cursor
    assert seen == expected
    assert [len(page) for page in pages] == [5, 5, 5, 5, 3]
    assert not pages[0].previous_cursor
    back, cursor = list(pages[-1].items), pages[-1].previous_cursor
    while cursor:
        page = page_of(comments, order=order, after=cursor, size=5, strict=True)
        back = page.items + back
        assert page.next_cursor
        cursor = page.previous_cursor
    assert back == expected


def test_one_query_a_page(comments, django_assert_num_queries):
    with django_assert_num_queries(1):
        first = page_of(comments, order=("author__family_name", "id"), size=5)
    with django_assert_num_queries(1):
        page_of(comments, order=("author__family_name", "id"), size=5, after=first.next_cursor)


def test_a_row_that_came_meanwhile_neither_repeats_nor_hides_another(comments):
    first = page_of(comments, size=5)
    Comment.objects.create(thread=Thread.objects.create(), text="new", html="")
    second = page_of(comments, size=5, after=first.next_cursor)
    ids = [row.pk for row in [*first, *second]]
    assert len(set(ids)) == 10
    assert ids == sorted(ids, reverse=True)


def test_begins_anew_when_everything_beyond_is_gone(comments):
    page = page_of(comments, size=5)
    Comment.objects.filter(pk__lt=page.items[-1].pk).delete()
    assert page_of(comments, size=5, after=page.next_cursor).items == page.items


def test_exactly_one_page_has_no_neighbours(comments):
    page = page_of(comments, size=23)
    assert (len(page), page.next_cursor, page.previous_cursor) == (23, "", "")


def made(*values):
    return urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


WRONG = [
    "x",
    "%%%",
    "§",
    "a" * 5000,
    made(),
    made("n"),
    made("x", 1),
    made("n", 1, 2),
    made("n", None),
    made("n", [1]),
    made("n", {"a": 1}),
    made("n", "a'; DROP TABLE x"),
    made("n", 10**30),
    made("n", "\0"),
    urlsafe_b64encode(b'["n",1e999]').decode(),
]


@pytest.mark.parametrize("cursor", WRONG)
def test_a_wrong_cursor_is_refused_or_gives_the_first_page(comments, cursor):
    assert page_of(comments, size=5, after=cursor).items == page_of(comments, size=5).items
    with pytest.raises(BadCursor) as refusal:
        page_of(comments, size=5, after=cursor, strict=True)
    assert refusal.value.code == "paging.bad_cursor"


@pytest.mark.parametrize("value", ["2026-01-01T00:00:00", "yesterday", "2026-13-01T00:00Z", 5])
def test_a_wrong_moment_is_refused(comments, value):
    with pytest.raises(BadCursor):
        page_of(comments, order=("created_at", "id"), after=made("n", value, 1), strict=True)


def test_a_list_cannot_be_ordered_by_what_it_does_not_have(comments):
    with pytest.raises(Exception, match="colour"):
        page_of(comments, order=("colour",), after=made("n", 1))


@given(st.text(max_size=40) | st.binary(max_size=40).map(lambda b: urlsafe_b64encode(b).decode()))
def test_no_cursor_whatever_breaks_a_list(cursor):
    list(page_of(Theme.objects.all(), order=("name_key", "-id"), after=cursor))
