"""Figures for everybody: quarters, businesses apart, nothing small or what would tell it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appeals.desk.figures import FEWEST, Figures, Quarter, figures_of, newest_quarter, suppress
from appeals.models import Answer, Appeal
from city.models import Theme
from core.domain.calendar import kyiv
from tests import factories as people

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


def test_a_quarter_is_counted_by_itself(filled):
    found = figures_of(Quarter(2026, 1))
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
    (everything,) = figures_of(Quarter(2026, 1))["all"]
    assert everything.on_time == 39  # nine of 23


def test_what_happens_later_changes_nothing(filled):
    before = figures_of(Quarter(2026, 1))
    Appeal.objects.update(theme=Theme.objects.get(slug="water"), organisation=None)
    assert figures_of(Quarter(2026, 1)) == before


@pytest.mark.parametrize(
    ("today", "newest"),
    [
        (date(2026, 5, 15), Quarter(2025, 4)),
        (date(2026, 5, 16), Quarter(2026, 1)),
        (date(2026, 2, 14), Quarter(2025, 3)),
        (date(2026, 2, 15), Quarter(2025, 4)),
    ],
)
def test_a_quarter_is_told_when_its_terms_are_over(today, newest):
    assert newest_quarter(today) == newest
    assert newest.former.following == newest
    assert newest.former.end == newest.first


def test_anybody_reads_the_page(client, filled, clock):
    clock.set(kyiv(TODAY))
    page = client.get("/appeals/figures/")
    assert page.status_code == 200
    assert "roads" in page.text
    assert client.get("/appeals/figures/?quarter=1066-7").status_code == 200
    assert client.get("/en/appeals/figures/?quarter=2025-4").status_code == 200


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
    assert told.keys() == {row.name for row in rows}
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
