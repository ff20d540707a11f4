"""Two officers who press their buttons in the same moment: one is done, the other is told."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from consultations.remarks import actions
from core.domain.rules import Refused
from discussions.models import Comment
from tests import factories
from tests.crowds import at_once
from tests.editing import carried

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_replies_one_is_published(department, olena, ofi, admin):
    remark = actions.remark(factories.consultation(department), by=olena, text="Слово")
    outcomes = at_once(
        [lambda by=by: actions.answer(remark, by=by, text="Відповідь") for by in (ofi, admin)]
    )
    (refused,) = [each for each in outcomes if isinstance(each, Refused)]
    assert refused.verdict.code == "remark.answered_meanwhile"
    assert Comment.objects.filter(parent=remark.pk, is_official=True).count() == 1


def test_of_two_saves_one_is_stored(department, ofi, admin):
    opened = factories.consultation(department)
    address = reverse("desk:edit", args=[opened.pk])
    words = {
        "summary": opened.summary,
        "brief": opened.brief,
        "contact_person": opened.contact_person,
        "contact_details": opened.contact_details,
    }
    posts = []
    for number, person in enumerate((ofi, admin)):
        client = Client()
        client.force_login(person)
        sent = words | carried(client, address) | {"title": f"Назва {number}"}
        posts.append(lambda client=client, sent=sent: client.post(address, sent).status_code)
    assert sorted(at_once(posts)) == [302, 409]
