"""Four officers who fill one table in the same moment."""

from __future__ import annotations

from collections.abc import Callable

from accounts.models import User
from city.models import Department
from consultations.dispositions import actions
from consultations.dispositions.models import Disposition
from consultations.models import Remark
from core.domain.rules import Refused
from discussions.models import Comment
from tests import factories
from tests.crowds import at_once

#: Each row is filled by two of them.
OFFICERS = 4


def officers(department: Department) -> list[User]:
    """New ones of the department."""
    return [
        factories.user(f"officer{number}-{department.slug}", role="officer", department=department)
        for number in range(OFFICERS)
    ]


def fill(remark: Remark, by: User, word: str) -> int:
    """Add a word to the row's reason as a person does: read, write, and after a conflict read what
    is there by now; how often somebody else was faster."""
    conflicts = 0
    while True:
        row = Disposition.objects.filter(pk=remark.pk).first()
        reason = f"{row.reason} {word}".strip() if row else word
        expected = row.changed_at if row else None
        try:
            actions.settle(remark, by=by, kind="partly", reason=reason, expected=expected)
        except Refused as refused:
            assert refused.verdict.code == "disposition.changed_meanwhile"
            conflicts += 1
        else:
            return conflicts


def work(rows: list[Remark], by: User, number: int) -> Callable[[], int]:
    """All rows of one officer, beginning where they meet the others."""
    own = [
        (place, row)
        for place, row in enumerate(rows)
        if number in (place % OFFICERS, (place + 1) % OFFICERS)
    ]
    return lambda: sum(fill(row, by, f"{number}:{place}") for place, row in own)


def fill_together(department: Department, author: User, number: int) -> int:
    """So many rows, and each holds the words of both who filled it; returns the conflicts."""
    opened = factories.consultation(department)
    comments = Comment.objects.bulk_create(
        Comment(thread_id=opened.thread_id, author=author, text=f"Слово {n}", html="")
        for n in range(number)
    )
    rows = Remark.objects.bulk_create(
        Remark(comment=comment, consultation=opened) for comment in comments
    )
    people = officers(department)
    conflicts = at_once([work(rows, by, place) for place, by in enumerate(people)])
    assert all(isinstance(each, int) for each in conflicts), conflicts
    filled = Disposition.objects.filter(remark__consultation=opened)
    reasons = dict(filled.values_list("pk", "reason"))
    for place, row in enumerate(rows):
        words = {f"{place % OFFICERS}:{place}", f"{(place + 1) % OFFICERS}:{place}"}
        assert sorted(reasons[row.pk].split()) == sorted(words)
    return sum(conflicts)
