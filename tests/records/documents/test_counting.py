"""Appeals stand in the register as numbers of a month, and nothing small can be reckoned."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

import pytest

from appeals.figures.quarters import Quarter, store_figures
from appeals.models import Appeal
from city.models import Department
from core.domain.calendar import kyiv
from records.documents.counting import Group, enter_counts, merge
from records.models import Document

SHOWN = {
    "kind": [{"name": "request", "total": 30}, {"name": "complaint", "total": 9}],
    "department": [{"name": "ЖКГ", "total": 20}, {"name": "", "total": 9}],
}


def group(number: int, kind: str = "request", heading: str = "Вода", department: str = "ЖКГ"):
    return Group(kind, heading, 1, department, number)


@pytest.mark.parametrize(
    ("groups", "alone", "together"),
    [
        ([group(5), group(4, heading="Тепло"), group(1, heading="Газ")], [5], 5),
        # Four are few: the smallest of the others stands with them.
        ([group(9), group(6, heading="Газ"), group(4, heading="Тепло")], [9], 10),
        ([group(4)], [], 4),
        ([group(9), group(5, heading="Газ")], [5, 9], None),
        # What the quarter hides stands alone in no month.
        ([group(9), group(8, kind="proposal")], [9], 8),
        ([group(9), group(8, department="Архів")], [9], 8),
        ([], [], None),
    ],
)
def test_fewer_than_five_alike_are_one_line(groups, alone, together):
    *lines, last = merge(groups, SHOWN) or [Group("", None, None, None, 0)]
    if together is None:
        lines, last = [each for each in (*lines, last) if each.number], None
    assert sorted(line.number for line in lines) == alone
    assert (last and last.number) == together
    assert last is None or last == Group("appeals", None, None, None, together)


@pytest.mark.django_db
def test_a_quarter_enters_once_without_a_word_of_an_appeal(client, department):
    numbers = count(1)
    other = Department.objects.create(name="Архів", slug="archive")

    def filed(number: int, kind: str, day: date, of: Department) -> list[Appeal]:
        at = kyiv(day)
        return [
            Appeal(
                kind=kind,
                via="letter",
                subject="КАНАРКА",
                text="КАНАРКА",
                name="КАНАРКА",
                department=of,
                received_at=at,
                accepted_at=at,
                registered_on=day,
                number=next(numbers),
                term="month",
                due_at=at + timedelta(days=30),
                digest=b"x",
            )
            for _one in range(number)
        ]

    february, march = date(2026, 2, 2), date(2026, 3, 31)
    Appeal.objects.bulk_create(
        [
            *filed(8, "application", february, department),
            *filed(6, "request", march, other),
            *filed(3, "application", march, department),
            *filed(3, "request", march, department),
        ]
    )
    assert enter_counts() == 0, "the figures of the quarter are not stored"
    store_figures(Quarter(2026, 1).ready_on)
    assert enter_counts() == 3
    rows = Document.objects.order_by("made_on", "kind")
    assert [(f"{row.made_on:%m}", row.kind, row.quantity) for row in rows] == [
        ("02", "application", 8),
        ("03", "appeals", 6),
        ("03", "request", 6),
    ]
    Appeal.objects.update(kind="request")
    assert enter_counts() == 0
    assert Document.objects.count() == 3
    for row in rows:
        page = client.get(row.get_absolute_url()).text
        assert "КАНАРКА" not in page and "393/96-ВР" in page and "/appeals/new/" not in page
