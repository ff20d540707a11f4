"""Figures for everybody: whole months, businesses apart, nothing small or what would tell it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appeals.desk.figures import FEWEST, Figures, figures_of, period_of, suppress
from appeals.models import Answer, Appeal
from city.models import Theme
from core.domain.calendar import kyiv
from tests import factories as people

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 20)


@pytest.fixture
def filled(staff):
    """In April: twelve of one theme, six of them businesses'; two of another; one in May."""
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

    april, may = date(2026, 4, 2), date(2026, 5, 3)
    Appeal.objects.bulk_create(
        [
            *rows(6, roads, None, april, 10),
            *rows(6, roads, firm, april, 20),
            *rows(9, water, None, april),
            *rows(2, None, None, april),
            *rows(1, water, None, may),
        ]
    )


def test_full_months_alone_are_counted(filled):
    found = figures_of(period_of(2026, TODAY))
    (everything,) = found["all"]
    assert (everything.total, everything.businesses, everything.people) == (23, 6, 17)
    # Of those that were closed or due by the end of April all were in time.
    assert (everything.on_time, everything.median_days) == (100, 15.0)
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
    (everything,) = figures_of(period_of(2026, TODAY))["all"]
    assert everything.on_time == 75  # nine of twelve


def test_january_has_nothing_of_its_year(filled):
    assert figures_of(period_of(2026, date(2026, 1, 10)))["all"] == []


def test_anybody_reads_the_page(client, filled, clock):
    clock.set(kyiv(TODAY))
    page = client.get("/appeals/figures/")
    assert page.status_code == 200
    assert "roads" in page.text
    assert client.get("/appeals/figures/?year=1066").status_code == 200
    assert client.get("/en/appeals/figures/?year=2025").status_code == 200


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
    # From the sum of the table at least FEWEST remain together for those that are not shown.
    if hidden and len(hidden) < len(rows):
        assert len(hidden) > 1
        assert sum(row.total for row in hidden) >= FEWEST
