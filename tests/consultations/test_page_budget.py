"""The public pages ask as few questions of 5,000 remarks as of 50 (transaction's own not counted).

Processes keep published texts, so each page is opened once before it is counted.
"""

from __future__ import annotations

import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from consultations import queries
from core.web.pages import forget_pages
from demo.scale import Scale

pytestmark = pytest.mark.django_db

#: Path below the consultation's and the most queries that it may take.
PAGES = {
    "": 13,
    "?sort=supported": 13,
    "?sort=disputed&kind=wording": 13,
    "?sort=unanswered": 13,
    "remarks/": 8,
    "display/": 8,
    "changes/": 8,
}


@pytest.fixture(scope="module")
def sizes(django_db_setup, django_db_blocker):
    """Consultations of 50 and of 5,000 remarks, in a transaction that is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        scale = Scale()
        made = {size: scale.consultation(size).consultation for size in (50, 5_000)}
        with connection.cursor() as cursor:
            # As autovacuum does for rows that are committed: without it the planner believes that
            # the tables are empty, and a search may take minutes.
            cursor.execute("ANALYZE")
            # Judge the rows' keys now, once: else the end of every test does.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        yield made
        transaction.set_rollback(True)


def asked(client, address: str) -> list[str]:
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [
        query["sql"]
        for query in captured.captured_queries
        if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))
    ]


@pytest.mark.parametrize("viewer", [None, "olena", "mo", "ofi"])
@pytest.mark.parametrize("page", PAGES)
def test_asks_no_more_of_many_than_of_few(sizes, client, request, settings, page, viewer):
    settings.SHARED_PAGE_SECONDS = 0  # each anonymous page is made anew
    if viewer:
        client.force_login(request.getfixturevalue(viewer))
    counts = {
        size: len(asked(client, consultation.get_absolute_url() + page))
        for size, consultation in sizes.items()
    }
    assert max(counts.values()) <= PAGES[page]
    assert counts[50] == counts[5_000]


@pytest.mark.parametrize("viewer", [None, "olena", "ofi"])
@pytest.mark.parametrize("page", [*PAGES, "/", "/consultations/", "/petitions/", "/polls/"])
def test_a_kept_page_asks_once_whoever_reads(sizes, client, request, settings, page, viewer):
    """The counters of its topics; for a reader who is signed in, in the read of their session, and
    one statement for what is theirs on all cards of a page, where it has any."""
    settings.SHARED_PAGE_SECONDS = 60
    forget_pages()  # of other tests, whose lists had other cards
    if viewer:
        client.force_login(request.getfixturevalue(viewer), known=True)
    address = page if page.startswith("/") else sizes[50].get_absolute_url() + page
    first, *of_cards = asked(client, address)
    assert "core_topic" in first
    assert len(of_cards) <= (1 if viewer and page in ("/", "/consultations/") else 0)


@pytest.mark.parametrize("viewer", [None, "olena"])
def test_a_remarks_own_page(sizes, client, request, settings, viewer):
    settings.SHARED_PAGE_SECONDS = 0
    if viewer:
        client.force_login(request.getfixturevalue(viewer))
    for consultation in sizes.values():
        remark = consultation.remarks.filter(comment__replies__gt=1).first()
        assert len(asked(client, remark.get_absolute_url())) <= 8


@pytest.mark.parametrize("page", ["/", "/consultations/", "/search/?q=дорога"])
def test_the_pages_around_them(sizes, client, settings, page):
    settings.SHARED_PAGE_SECONDS = 0
    # A search reads each kind on its page; home asks what meets next.
    assert len(asked(client, page)) <= 12


def test_the_newest_remarks_are_read_in_the_order_of_an_index(sizes):
    """Also of a consultation that is newer than the planner's statistics."""
    new, made = Scale("new").consultation(200).consultation, queries._NEWEST._compiled
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {made.sql}", [new.pk] * made.sql.count("%s"))
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "remark_newest" in plan
    # The rows of one page are put in order once more after the joins, never all of them before.
    sorted_rows = [int(rows) for rows in re.findall(r"Sort .*rows=(\d+)", plan)]
    assert max(sorted_rows, default=0) <= queries.PAGE_SIZE + 1


def test_what_the_person_herself_said(sizes, client, olena):
    client.force_login(olena)
    for consultation in sizes.values():
        assert len(asked(client, f"{consultation.get_absolute_url()}mine/")) <= 6


def test_the_bar_leads_to_the_text_and_the_remarks(sizes, client):
    page = client.get(sizes[50].get_absolute_url()).text
    bar = page[page.index('class="draft-bar"') : page.index('class="draft"')]
    for part in ("draft", "remarks-heading"):
        assert f'href="#{part}"' in bar
        assert f'id="{part}"' in page
    assert ">50</span>" in bar
