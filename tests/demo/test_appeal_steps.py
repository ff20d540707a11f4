"""What the demo city's desk of appeals has at hand."""

from __future__ import annotations

import pytest

from appeals.models import Answer, Appeal, CopyFee, Entry, Refusal
from demo.appeals_steps import BAKERY, BAKERY_CODE
from organisations.registering.codes import clean_edrpou

pytestmark = pytest.mark.django_db


def test_an_urgent_request_a_letter_a_shortened_term_and_a_draft_that_waits(loaded):
    assert Appeal.objects.open().filter(term="urgent", precedence=0).exists()
    letter = Appeal.objects.get(organisation_name=BAKERY)
    assert letter.organisation_code == clean_edrpou(BAKERY_CODE)
    assert Entry.objects.filter(appeal=letter, kind="corrected").exists()
    assert Appeal.objects.filter(term="shortened").exists()
    assert Answer.objects.waiting_for_approval().exists()
    refusal = Refusal.objects.select_related("answer").get()
    assert refusal.answer.sent_at
    assert refusal.part
    assert CopyFee.objects.get().paid_on is None
    assert Appeal.objects.open().filter(decision_asked_at__isnull=False).exists()
