"""Every list: each row once over its pages where keys are equal, no query more for more rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.db.paging import page_of
from core.web.pages import forget_pages
from tests.access import table
from tests.access.city import City
from tests.access.conftest import COLUMNS
from tests.access.routes import names, things
from tests.endings import lists
from tests.endings.lists import Asked
from tests.plugins.levels import Level, level

pytestmark = pytest.mark.django_db

#: The last column of an order: a key, or the one column that is a key there.
KEYS = {"pk", "id", "comment_id", "remark_id"}
#: Orders that end with no key, by file and last column, with what makes them unique.
UNIQUE_OTHERWISE = {
    ("consultations/reports/views_desk.py", "number"): "numbers of versions within a consultation",
    ("consultations/reports/queries.py", "place"): "places within an edition",
    ("meetings/minutes/views_desk.py", "number"): "numbers of versions within a meeting",
    ("newsroom/council_pages/queries.py", "number"): "numbers of versions of a page",
    ("petitions/api/views.py", "number"): "numbers of lines of a ledger",
    ("petitions/ledger/queries.py", "number"): "numbers of lines of a ledger",
    ("petitions/ledger/queries.py", "day"): "a day is there once",
    ("votes/api/views.py", "place"): "each code has a place of its own within a poll",
}
#: Pages whose lists are read in every run: what asks ``page_of``.
LISTS = {
    "acts": "csv list urgent_acts",
    "appeals": "answers mine",
    "appeals_desk": "list",
    "audit_desk": "log",
    "city_desk": "changes streets",
    "consultations": "detail dispositions evidence list remark report",
    "deputies_desk": "list",
    "desk": "contacts list register remarks repeats repeats_group report_versions",
    "indicators_desk": "imported",
    "meetings": "detail list log transcript",
    "meetings_control": "questions",
    "meetings_desk": "list minutes_versions registrations",
    "moderation": "contests log queue texts",
    "my_data_journal": "",
    "newsroom": "list",
    "newsroom_desk": "list",
    "organisations_desk": "queue",
    "pages": "versions",
    "petitions": "comment detail how_to_check ledger list mine signers",
    "petitions_desk": "list objections",
    "portal": "done me organisation",
    "press_desk": "list",
    "staff": "list",
    "state_desk": "state",
    "surveys_desk": "list",
    "votes": "list texts voters",
    "votes_desk": "list people sheets",
}
#: Pages that refuse a row that comes more than once: their readers must have ids of their own.
ONE_OF_EACH = ("feed", "calendar", "dates", "tracked_docx")
#: Of the API: its documents.
NO_PAGES = ("api:schema", "api:docs")
#: So many rows of each list are walked through.
MOST = 6
#: Of the pages that are no lists, so many parts take turns in runs that are not nightly.
PARTS = 32


@dataclass
class Walked:
    """What all pages did: the lists that they asked for, and how many statements once and with
    every row three times."""

    asked: list[Asked]
    dearer: dict[str, str]
    compared: int


@pytest.fixture(scope="module")
def walked(_city: City, django_db_blocker: Any, request: pytest.FixtureRequest) -> Walked:
    with django_db_blocker.unblock(), transaction.atomic():
        client = Client(raise_request_exception=False)
        client.force_login(_city.people["admin"])
        for warm in ("/", "/desk/"):
            client.get(warm)
        found = _walk(client, dict(_addresses(_city, level(request.config))))
        transaction.set_rollback(True)
    return found


def _walk(client: Client, addresses: dict[str, str]) -> Walked:
    walked = Walked([], {}, 0)
    for name, address in addresses.items():
        with lists.watching() as asked:
            before = _statements(client, address)
        walked.asked += asked
        if name.rpartition(":")[2].split()[0] in ONE_OF_EACH:
            continue
        with lists.each_row_thrice():
            after = _statements(client, address)
        walked.compared += 1
        if len(after) < len(before):  # what a process keeps was read the first time
            before = _statements(client, address)
        if after[0] != before[0] or len(after) > len(before):
            more = (Counter(after) - Counter(before)).most_common(1)
            walked.dearer[f"{name} {address}"] = f"{len(before)} to {len(after)}: {more}"
    return walked


def _statements(client: Client, address: str) -> list[str]:
    forget_pages()
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
        b"".join(answer)
    said = [statement["sql"].partition(" WHERE ")[0] for statement in captured.captured_queries]
    return [str(answer.status_code), *said]


def _addresses(city: City, run: Level) -> Iterator[tuple[str, str]]:
    """Every page that an administrator is shown, the plainest of its things; lists and the API
    always, of the others a part by the day, at night all."""
    column = list(COLUMNS).index("admin")
    shown = {
        line.route
        for line in table.read()
        if line.verb == "GET" and line.cells[column].rstrip("+") == "200"
    }
    for name, parameters in names():
        is_api = name.startswith("api:") and name not in NO_PAGES
        is_chosen = _is_list(name) or run.nightly or run.is_turn(name, PARTS)
        if name.endswith(":") or not (is_api or (name in shown and is_chosen)):
            continue
        for label, arguments in things(city, name, parameters).items():
            yield f"{name} {label}", reverse(name, args=arguments)
            if not run.nightly:
                break


def _is_list(name: str) -> bool:
    area, _colon, page = name.partition(":")
    return area in LISTS and page in (LISTS[area].split() or [""])


def test_every_order_that_is_written_out_ends_with_a_key():
    written = [(site.file, lists.literal(site.order)) for site in lists.sites()]
    found = [(place.partition(" ")[0], columns) for place, columns in [*written, *lists.orders()]]
    ends = {(file, columns[-1].removeprefix("-")) for file, columns in found if columns}
    assert len(ends) > 25
    without = {(file, last) for file, last in ends if last not in KEYS}
    assert without == set(UNIQUE_OTHERWISE)


def test_every_list_that_a_page_asks_for_has_an_order_without_equals(walked, db):
    wrong = {
        asked.place: asked.order
        for asked in walked.asked
        if not lists.is_unique(asked.queryset, asked.order)
        or lists.without_value(asked.queryset, asked.order)
    }
    assert len({asked.place for asked in walked.asked}) > 60
    assert not wrong, wrong


def test_each_row_of_equal_keys_stands_on_one_page(walked, _city, db):
    """Pages of one row, so that every edge of a page lies between rows that are equal in what the
    list is ordered by, but for its key."""
    differing, compared = {}, 0
    for asked in {asked.place: asked for asked in walked.asked}.values():
        with transaction.atomic():
            lists.make_equal(asked.queryset, asked.order)
            expected = [row.pk for row in asked.queryset.order_by(*asked.order)[:MOST]]
            found, cursor = [], None
            while len(found) < len(expected):
                page = page_of(asked.queryset, order=asked.order, after=cursor, size=1)
                found += [row.pk for row in page]
                cursor = page.next_cursor
                if not cursor:
                    break
            if found != expected:
                differing[asked.place] = (asked.order, expected, found)
            compared += len(expected) > 1
            transaction.set_rollback(True)
    assert compared > 20
    assert not differing


def test_no_page_asks_more_of_the_database_for_more_rows(walked):
    assert walked.compared > 60
    assert not walked.dearer
