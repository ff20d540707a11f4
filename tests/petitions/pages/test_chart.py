"""The chart of signatures by day: it rises to the total, and is readable as a table."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from petitions.chart import chart

FIRST = date(2026, 11, 1)
LAST = FIRST + timedelta(days=91)


def points(line):
    return [tuple(map(float, point.split(","))) for point in line.split(" ")]


@given(
    days=st.dictionaries(st.integers(0, 91), st.integers(1, 10_000), max_size=60),
    today=st.integers(0, 120),
    threshold=st.integers(1, 20_000),
)
def test_rises_to_its_total_inside_the_plot(days, today, threshold):
    rows = [(FIRST + timedelta(days=day), days[day]) for day in sorted(days)]
    drawn = chart(
        rows,
        first_day=FIRST,
        last_day=LAST,
        today=FIRST + timedelta(days=today),
        threshold=threshold,
    )
    line = points(drawn.line)
    assert all(0 <= x <= 100 and 0 <= y <= 100 for x, y in line)
    assert [x for x, _y in line] == sorted(x for x, _y in line)
    assert [y for _x, y in line] == sorted((y for _x, y in line), reverse=True)
    assert drawn.total == sum(days.values())
    assert line[-1] == (drawn.last_x, drawn.last_y)
    assert 0 < drawn.needed <= 100  # one signature needed of 20,000 lies on the ground, rounded
    if drawn.total and drawn.total != threshold:
        assert (drawn.last_y < drawn.needed) == (drawn.total > threshold) or (
            abs(drawn.last_y - drawn.needed) < 0.011
        )
    assert [row.total for row in drawn.rows] == [
        sum(days[other] for other in days if other <= day) for day in sorted(days)
    ]


def test_ends_today_and_leaves_the_days_to_come_free():
    drawn = chart([(FIRST, 5)], first_day=FIRST, last_day=LAST, today=FIRST, threshold=10)
    assert drawn.last_x < 2
    later = chart(
        [(FIRST, 5)],
        first_day=FIRST,
        last_day=LAST,
        today=LAST + timedelta(days=99),
        threshold=10,
    )
    assert later.last_x == 100


@pytest.mark.django_db
def test_stands_on_the_page_with_its_table(client, signed):
    made = signed(3)
    page = html.fromstring(client.get(f"/petitions/{made.pk}/").content)
    (svg,) = page.xpath("//figure[@class='chart']/*[local-name()='svg']")
    assert not svg.xpath(".//*[@style]")
    assert [cell.text for cell in page.xpath("//figure//tbody//td")] == ["3", "3"]


@pytest.mark.django_db
def test_before_anybody_signed_the_page_says_so(client, signed):
    page = client.get(f"/petitions/{signed(0).pk}/").content.decode()
    assert "<figure" not in page
    assert "Ще ніхто не підписав" in page
