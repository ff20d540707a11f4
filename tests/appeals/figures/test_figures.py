"""Figures for everybody: quarters, businesses apart, nothing small or what would tell it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import count
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from appeals import actions, jobs
from appeals.figures.quarters import (
    STORED,
    Quarter,
    figures_of,
    newest_quarter,
    store_figures,
    stored_quarters,
)
from appeals.figures.small_cells import FEWEST, Figures, suppress
from appeals.models import Answer, Appeal, FiguresEdition
from city.models import Theme
from core.domain.calendar import kyiv
from core.domain.topics import seq_of
from tests import factories as people
from tests.appeals import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 20)


@pytest.fixture
def filled(staff):
    """In February: twelve of one theme, six of them businesses'; two of none; one in April."""
    roads, water = (Theme.objects.create(name=name, slug=name) for name in ("roads", "water"))
    firm = people.organisation()

    numbers = count(1)

    def rows(number, theme, organisation, day, days_to_answer=None):
        at = kyiv(day)
        answered = at + timedelta(days=days_to_answer) if days_to_answer else None
        return [
            Appeal(
                kind="application",
                via="letter",
                subject="Тема",
                text="Текст",
                theme=theme,
                organisation=organisation,
                received_at=at,
                registered_on=day,
                number=next(numbers),
                term="month",
                due_at=at + timedelta(days=30),
                digest=b"x",
                accepted_at=at if answered else None,
                department=staff.department if answered else None,
                answered_at=answered,
                closed_at=answered,
            )
            for _one in range(number)
        ]

    february, april = date(2026, 2, 2), date(2026, 4, 3)
    Appeal.objects.bulk_create(
        [
            *rows(6, roads, None, february, 10),
            *rows(6, roads, firm, february, 20),
            *rows(9, water, None, february),
            *rows(2, None, None, february),
            *rows(1, water, None, april),
        ]
    )


def counted(quarter: Quarter) -> dict[str, list[Figures]]:
    """Its figures, stored on the day from which it has them."""
    store_figures(quarter.ready_on)
    return figures_of(quarter)


def test_a_quarter_is_counted_by_itself(filled):
    found = counted(Quarter(2026, 1))
    (everything,) = found["all"]
    assert (everything.total, everything.businesses, everything.people) == (23, 6, 17)
    # The terms of all are over: twelve were answered within them.
    assert (everything.on_time, everything.median_days) == (52, 15.0)
    by_theme = {row.name: row.total for row in found["theme"]}
    # Two of no theme are few; one row alone would be reckoned, so the smaller of the others is not
    # shown either.
    assert by_theme == {"roads": 12, "water": None, "": None}


def test_what_was_late_before_it_was_reopened_is_late(filled, staff):
    late = Appeal.objects.filter(organisation=None, closed_at__isnull=False)[:3]
    sent = kyiv(date(2026, 4, 9))
    Answer.objects.bulk_create(
        Answer(
            appeal=appeal,
            text="Так",
            result="satisfied",
            by=staff.head,
            approved_by=staff.head,
            approved_at=sent,
            sent_at=sent,
            due_at=sent,
            how="letter",
        )
        for appeal in late
    )
    (everything,) = counted(Quarter(2026, 1))["all"]
    assert everything.on_time == 39  # nine of 23


@pytest.mark.parametrize(("days", "on_time"), [(5, 100), (6, 83)])
def test_what_was_forwarded_after_five_days_is_late(staff, clock, days, on_time):
    """393/96-ВР art. 7, though its answer would not be late yet."""
    came = kyiv(date(2027, 2, 3)) + timedelta(hours=10)
    clock.set(came)
    last, *others = [factories.filed().appeal for _each in range(6)]
    clock.set(came + timedelta(days=1))
    for appeal in others:
        actions.forward(appeal, by=staff.clerk, to="Облрада")
    clock.set(came + timedelta(days=days))
    last = actions.forward(last, by=staff.clerk, to="Облрада")
    (everything,) = counted(Quarter(2027, 1))["all"]
    assert everything.on_time == on_time
    assert last.is_late_at(last.closed_at) == (on_time < 100)


def test_a_request_is_forwarded_within_the_term_of_its_answer(staff):
    """2939-VI art. 22 names no other."""
    made = factories.filed(kind="request").appeal
    forwarded = actions.forward(made, by=staff.clerk, to="Облрада")
    assert (forwarded.term, forwarded.due_at) == (made.term, made.due_at)


def test_what_happens_later_changes_nothing(filled):
    before = counted(Quarter(2026, 1))
    Appeal.objects.update(theme=Theme.objects.get(slug="water"), organisation=None)
    assert store_figures(TODAY) == []
    assert figures_of(Quarter(2026, 1)) == before


def test_only_quarters_whose_terms_are_over_are_stored(filled):
    assert store_figures(date(2026, 5, 15)) == []
    assert (stored_quarters(), seq_of(STORED)) == ([], 0)
    assert store_figures(date(2026, 5, 16)) == [Quarter(2026, 1)]
    assert store_figures(date(2026, 8, 15)) == [Quarter(2026, 2)]
    assert stored_quarters() == [Quarter(2026, 2), Quarter(2026, 1)]
    assert seq_of(STORED) == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_store_a_quarter_once(clock):
    """Both wait until both have begun."""
    clock.set(kyiv(date(2027, 2, 2)) + timedelta(hours=10))
    factories.filed()
    both = Barrier(2)

    def work(_worker: int) -> list[Quarter]:
        try:
            both.wait(10)
            return store_figures(Quarter(2027, 1).ready_on)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        stored = list(pool.map(work, range(2)))
    assert sorted(map(len, stored)) == [0, 1]
    assert FiguresEdition.objects.count() == seq_of(STORED) == 1


@pytest.mark.parametrize(
    ("today", "newest"),
    [
        (date(2026, 5, 15), Quarter(2025, 4)),
        (date(2026, 5, 16), Quarter(2026, 1)),
        (date(2026, 2, 14), Quarter(2025, 3)),
        (date(2026, 2, 15), Quarter(2025, 4)),
    ],
)
def test_a_quarter_has_figures_when_its_terms_are_over(today, newest):
    assert newest_quarter(today) == newest
    assert newest.former.following == newest
    assert newest.former.end == newest.first


def test_anybody_reads_the_page(client, filled, clock):
    clock.set(kyiv(TODAY))
    jobs.store_figures(timestamp=0)
    page = client.get("/appeals/figures/")
    assert page.status_code == 200
    assert "roads" in page.text
    assert client.get("/appeals/figures/?quarter=1066-7").status_code == 200
    assert client.get("/en/appeals/figures/?quarter=2026-1").status_code == 200


def test_reading_stores_nothing(client, filled, clock, django_assert_max_num_queries):
    clock.set(kyiv(TODAY))
    with django_assert_max_num_queries(4) as asked:
        page = client.get("/en/appeals/figures/")
    assert "No quarter has its figures yet" in page.text
    assert all(each["sql"].startswith("SELECT") for each in asked)
    assert not FiguresEdition.objects.exists()


@given(
    st.lists(st.tuples(st.integers(1, 30), st.integers(0, 30)), max_size=8).map(
        lambda pairs: [
            Figures(str(place), people + firms, firms, None, None)
            for place, (people, firms) in enumerate(pairs)
        ]
    )
)
def test_nothing_small_is_shown_or_can_be_reckoned(rows):
    shown = suppress(rows)
    told = {row.name: row for row in shown}
    # A table of which every row is small is not there.
    assert told.keys() == {row.name for row in rows if max(each.total for each in rows) >= FEWEST}
    if not told:
        return
    hidden = [row for row in rows if told[row.name].total is None]
    for row in rows:
        if (total := told[row.name].total) is not None:
            assert total == row.total >= FEWEST
        businesses = told[row.name].businesses
        if businesses is not None:
            assert businesses == 0 or businesses >= FEWEST
            rest = row.total - businesses
            assert rest == 0 or rest >= FEWEST
    if len(hidden) < len(rows):
        # From the sum of the table at least FEWEST remain together for those that are not shown.
        assert not hidden or (len(hidden) > 1 and sum(row.total for row in hidden) >= FEWEST)
    # Likewise of businesses and of people, unless nothing of them is shown.
    apart = [row for row in rows if told[row.name].businesses is None]
    if len(apart) < len(rows):
        for rest in (
            sum(row.businesses for row in apart),
            sum(row.total - row.businesses for row in apart),
        ):
            assert rest == 0 or rest >= FEWEST
        assert len(apart) != 1


@pytest.mark.parametrize(
    "rows",
    [
        # Each of the two would be the one that is missing to the sum.
        [(20, 1), (30, 1), (40, 10), (50, 0)],
        # What is missing is the row's; the small rows have none.
        [(20, 1), (3, 0), (40, 0), (60, 20)],
    ],
)
def test_two_hidden_businesses_are_not_reckoned(rows):
    made = [Figures(str(place), *pair, None, None) for place, pair in enumerate(rows)]
    shown = {row.name: row.businesses for row in suppress(made)}
    missing = sum(pair[1] for pair in rows) - sum(found or 0 for found in shown.values())
    assert missing >= FEWEST


def _all_tables(rows: int, total: int) -> Iterator[tuple[tuple[int, int], ...]]:
    """Every table of so many rows of people and businesses, none empty, with this sum."""
    if not rows:
        if not total:
            yield ()
        return
    for number in range(1, total - rows + 2):
        for rest in _all_tables(rows - 1, total - number):
            for businesses in range(number + 1):
                yield ((number - businesses, businesses), *rest)


def _published(table: tuple[tuple[int, int], ...], fewest: int) -> tuple[Any, ...]:
    """All that is known of a table from the page, but its sums: those of all its rows."""
    rows = [Figures(str(place), sum(pair), pair[1], None, None) for place, pair in enumerate(table)]
    shown = suppress(rows, fewest=fewest)
    businesses = sum(pair[1] for pair in table)
    is_told = all(
        part == 0 or part >= fewest for part in (businesses, sum(map(sum, table)) - businesses)
    )
    told = tuple((each.name, each.total, each.businesses) for each in shown)
    return told, businesses if is_told else None


@pytest.mark.parametrize(
    ("rows", "most", "fewest"), [(2, 16, 5), (3, 13, 5), (3, 12, 3), (4, 10, 3)]
)
def test_no_small_number_has_one_value_alone(rows, most, fewest):
    """Whoever knows the rules and tries every table that would be shown so finds two values at
    least for each number that is small and not shown. A table that is not there names no rows."""
    for total in range(fewest, most + 1):
        alike = defaultdict(list)
        for table in _all_tables(rows, total):
            alike[_published(table, fewest)].append(table)
        for (shown, _businesses), tables in alike.items():
            for of_row in zip(*tables, strict=True) if shown else ():
                people, businesses = map(set, zip(*of_row, strict=True))
                for values in ({sum(pair) for pair in of_row}, people, businesses):
                    assert len(values) > 1 or not 0 < min(values) < fewest, tables


def test_businesses_are_told_of_every_row_or_of_none():
    """Of the sixth row they would say how many the five have together: each has one."""
    rows = [Figures(str(place), 5, 1, None, None) for place in range(5)]
    shown = suppress([*rows, Figures("parks", 20, 10, None, None)])
    assert [(row.total, row.businesses) for row in shown] == [(20, None)] + [(5, None)] * 5
