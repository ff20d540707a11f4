"""A new text: authors of remarks and who supports them get one mail, and can stop such mails."""

from __future__ import annotations

import re

import pytest
from django.core import mail

from consultations.remarks import actions
from discussions.models import Comment
from notifications.models import Unsubscription
from tests import factories
from tests.consultations.carrying.conftest import FIRST, carry, publish, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation(consultation):
    consultation.draft = factories.draft(FIRST)
    consultation.save(update_fields=["draft"])
    return consultation


def receivers() -> list[str]:
    return sorted(address for message in mail.outbox for address in message.to)


def test_one_mail_a_person_with_where_their_remarks_stand(
    consultation, olena, bohdan, charlie, ofi, do
):
    say(consultation, olena, "2", text="Надто пізно.")
    second = say(consultation, olena, "5", text="Який саме штраф?")
    actions.react(second, by=bohdan, value=1)
    do()
    mail.outbox.clear()
    publish(consultation, ofi)
    carry(consultation)
    do()
    assert receivers() == ["bohdan@viche.example", "olena@viche.example"]
    own = next(message for message in mail.outbox if message.to == ["olena@viche.example"])
    assert "п. 3, у редакції 1 – п. 2: «Надто пізно.»" in own.body
    assert "п. 6, у редакції 1 – п. 5: «Який саме штраф?»" in own.body
    assert f"/consultations/{consultation.pk}/changes/" in own.body
    supporter = next(message for message in mail.outbox if message.to == ["bohdan@viche.example"])
    assert "Зауваження, які ви підтримали" in supporter.body
    assert "Надто пізно" not in supporter.body


def test_a_click_of_the_mail_program_stops_them_all(client, consultation, olena, bohdan, ofi, do):
    say(consultation, olena, "2")
    say(consultation, bohdan, "2")
    publish(consultation, ofi)
    carry(consultation)
    do()
    (message,) = [each for each in mail.outbox if each.to == ["olena@viche.example"]]
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = re.sub(r"^<https?://[^/]+|>$", "", message.extra_headers["List-Unsubscribe"])
    assert path in message.body
    assert client.get(path).status_code == 200
    assert not Unsubscription.objects.exists()
    answer = client.post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert Unsubscription.objects.get().user == olena
    mail.outbox.clear()
    publish(consultation, ofi, FIRST)
    carry(consultation)
    do()
    assert receivers() == ["bohdan@viche.example"]
    client.post(path, {"again": "1"})
    assert not Unsubscription.objects.exists()
    assert client.post(path.replace(path.split("/")[-2], "0" * 40)).status_code == 404


def test_deleted_words_and_opponents_are_told_nothing(consultation, olena, bohdan, ofi, do):
    remark = say(consultation, olena, "2")
    actions.react(remark, by=bohdan, value=-1)
    do()
    mail.outbox.clear()
    actions.delete_remark(remark, by=olena)
    publish(consultation, ofi)
    carry(consultation)
    do()
    assert receivers() == []
    assert Comment.objects.count() == 1
