"""Four officers who fill one table in the same moment: no word of anybody is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from accounts.models import User
from consultations.actions import remarks as speaking
from consultations.dispositions import actions
from consultations.dispositions.models import Disposition
from consultations.models import Consultation, Remark
from core.domain.rules import Refused
from discussions.models import Comment
from tests import factories
from tests.crowds import at_once

pytestmark = pytest.mark.django_db(transaction=True)

#: So many words in a row and more: each row is filled by two of the officers.
OFFICERS = 4


def officers(department) -> list[User]:
    return [
        factories.user(f"officer{number}", role="officer", department=department)
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


def fill_together(department, olena, number: int) -> None:
    opened = factories.consultation(department)
    comments = Comment.objects.bulk_create(
        Comment(thread_id=opened.thread_id, author=olena, text=f"Слово {n}", html="")
        for n in range(number)
    )
    rows = Remark.objects.bulk_create(
        Remark(comment=comment, consultation=opened) for comment in comments
    )
    people = officers(department)
    conflicts = at_once([work(rows, by, place) for place, by in enumerate(people)])
    assert all(isinstance(each, int) for each in conflicts), conflicts
    reasons = dict(Disposition.objects.values_list("pk", "reason"))
    for place, row in enumerate(rows):
        words = {f"{place % OFFICERS}:{place}", f"{(place + 1) % OFFICERS}:{place}"}
        assert set(reasons[row.pk].split()) == words


@pytest.mark.short
@pytest.mark.cpu(10)
def test_two_hundred_rows(department, olena):
    fill_together(department, olena, 200)


@pytest.mark.long
@pytest.mark.cpu(240)
def test_five_thousand_rows(department, olena):
    fill_together(department, olena, 5000)


def test_of_four_who_save_one_row_three_see_both_texts(department, olena):
    opened: Consultation = factories.consultation(department)
    remark = speaking.remark(opened, by=olena, text="Слово")
    address = reverse("desk:table_row", args=[opened.pk, remark.pk])
    posts = []
    for number, person in enumerate(officers(department)):
        client = Client()
        client.force_login(person)
        page = client.get(reverse("desk:table", args=[opened.pk]))
        [form] = html.fromstring(page.text).xpath("//form[@data-row-form]")
        sent = dict(form.form_values()) | {
            f"r{remark.pk}-kind": "rejected",
            f"r{remark.pk}-reason": f"Слова {number}",
        }
        posts.append(lambda client=client, sent=sent: client.post(address, sent))
    answers = at_once(posts)
    assert sorted(answer.status_code for answer in answers) == [302, 409, 409, 409]
    stored = Disposition.objects.get().reason
    for number, answer in enumerate(answers):
        if answer.status_code == 409:
            assert f"Слова {number}" in answer.text
            assert stored in answer.text
