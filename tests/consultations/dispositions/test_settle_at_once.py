"""Four officers who fill one table in the same moment: no word of anybody is lost."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from consultations.dispositions.models import Disposition
from consultations.models import Consultation
from consultations.remarks import actions as speaking
from tests import factories
from tests.consultations.filling import fill_together, officers
from tests.crowds import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.short
@pytest.mark.cpu(10)
def test_two_hundred_rows(department, olena):
    fill_together(department, olena, 200)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_thousand_rows(department, olena):
    """Five thousand are ``bin/bench table``."""
    fill_together(department, olena, 1000)


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
