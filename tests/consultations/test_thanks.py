"""What answers a published remark: thanks, what follows and by when, the words themselves."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import html

from consultations import pages, reading
from consultations.models import Consultation, Remark
from drafts.models import Clause

pytestmark = pytest.mark.django_db

WORDS = {"kind": "remark", "text": "Після 21:00 діти сплять."}


@pytest.fixture
def dated(opened: Consultation) -> Consultation:
    Consultation.objects.filter(pk=opened.pk).update(report_due_on=date(2031, 1, 18))
    return opened


@pytest.fixture
def clause(opened: Consultation) -> Clause:
    return opened.draft.versions.get().clauses.get(number="2")


def test_in_the_page_the_words_come_with_the_thanks(
    client, dated, olena, clause, django_assert_max_num_queries
):
    client.force_login(olena)
    address = f"{dated.get_absolute_url()}speak/"
    client.get(address)
    # Three of them are for the thanks: the consultation and the remark as they are drawn, and the
    # receipt.
    with django_assert_max_num_queries(18):
        answer = client.post(
            address, WORDS | {"clause": clause.key}, headers={"HX-Request": "true"}
        )
    made = Remark.objects.get()
    thanks = html.fromstring(answer.text)
    assert thanks.get("data-thanks") == f"remark-{made.pk}"
    assert thanks.get("tabindex") == "-1"
    (drawn,) = thanks.iter("li")
    assert (drawn.get("id"), drawn.get("data-clause")) == (f"remark-{made.pk}", clause.short_key)
    assert WORDS["text"] in drawn.text_content()
    assert "До 18 січня 2031 рада оприлюднить звіт" in thanks.text_content()


def test_without_a_script_the_message_says_the_same_above_the_words(client, dated, olena):
    client.force_login(olena)
    page = client.post(f"{dated.get_absolute_url()}speak/", WORDS, follow=True)
    assert page.redirect_chain[-1][0] == f"{Remark.objects.get().get_absolute_url()}#main"
    assert WORDS["text"] in page.text
    assert page.text.count("data-kept-done") == 1
    assert "До 18 січня 2031 рада оприлюднить звіт" in page.text


def test_nothing_is_promised_that_is_not_known(opened, olena):
    Consultation.objects.filter(pk=opened.pk).update(report_due_on=None)
    consultation = reading.to_read(opened.pk, olena).consultation
    short = pages.next_steps(consultation, has_email=False)
    assert "звіт" not in short and "пошт" not in short
    assert "пошт" in pages.next_steps(consultation, has_email=True)
