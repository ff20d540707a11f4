"""What answers a published remark: thanks, what follows and by when, the words themselves."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from django.utils.translation import override
from lxml import html

from consultations import queries
from consultations.models import Consultation, Remark
from consultations.remarks.forms import RemarkForm, keep_key
from consultations.remarks.posted import remark_in
from consultations.remarks.thanks import describe_next_steps, draw_thanks, forget_thanks
from discussions.speech.queries import find_receipt
from drafts.models import Clause
from drafts.versions.published import text_of

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
    consultation = queries.to_read(opened.pk, olena).consultation
    short = describe_next_steps(consultation, has_email=False)
    assert "звіт" not in short and "пошт" not in short
    assert "пошт" in describe_next_steps(consultation, has_email=True)


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("on_clause", [True, False])
@pytest.mark.parametrize("name", ["Ольга «О'Генрі» <b>", "Ann & Co"])
def test_filled_in_it_is_what_is_drawn_whole(
    client, opened, olena, clause, settings, language, on_clause, name
):
    """Of the second plain remark on a clause, whose thanks are filled in (ADR 114)."""
    olena.given_name, olena.public_name_style = name, "full"
    olena.save()
    client.force_login(olena)
    forget_thanks()
    answers = []
    for words, whole in (
        ("Перші слова.", False),
        ("Другі <i>слова</i> & \\1 $&.", False),
        ("", True),
    ):
        if whole:
            made = Remark.objects.latest("pk")
            with override(language.strip("/") or "uk"):
                settings.DEBUG = True  # draws whole
                consultation = queries.to_read(opened.pk, olena).consultation
                request = RequestFactory().post("/")
                request.user = olena
                shown = queries.show_new(made, consultation, 1)
                answers.append(
                    draw_thanks(
                        request,
                        shown,
                        consultation,
                        keep_key=keep_key(olena.pk, opened.pk, made.clause_key),
                        receipt=find_receipt(made.comment),
                    )
                )
            continue
        form = {"kind": "question", "text": words} | ({"clause": clause.key} if on_clause else {})
        path = f"{language}{opened.get_absolute_url()}speak/"
        answers.append(client.post(path, form, headers={"HX-Request": "true"}).text)
    assert answers[1] == answers[2]
    assert "\0" not in answers[1]


@pytest.mark.parametrize(
    "sent",
    [
        {"kind": "remark", "text": " \r\n "},
        {"kind": "nonsense", "text": "Слова."},
        {"kind": "remark", "text": "a\0b"},
        {"kind": "remark", "text": "я" * 5001},
        {"kind": "remark", "text": "Слова.", "clause": "nonsense"},
        {"kind": "remark", "text": "Слова.", "proposal": "я" * 5001},
        {"kind": "wording", "text": "Слова."},
        {"kind": "remark", "text": "Слова.", "interest": "Брат."},
        {"kind": "remark", "text": "Слова.", "organisation": "7"},
        {"kind": "remark", "text": "Слова.", "start": "0", "end": "3", "exact": "Сло"},
    ],
)
def test_what_is_not_plainly_a_remark_is_for_the_form(opened, sent):
    assert remark_in(QueryDict(urlencode(sent)), text_of(opened.draft.versions.get().pk)) is None


def test_a_plain_remark_is_read_as_the_form_reads_it(opened, olena, clause):
    text = text_of(opened.draft.versions.get().pk)
    for about in ({}, {"clause": str(clause.key)}, {"clause": clause.short_key}):
        sent = QueryDict(urlencode({"kind": "question", "text": " Чому\r\n21:00? ", **about}))
        form = RemarkForm(sent, text=text, initial={}, by=olena, organisations=[])
        assert form.is_valid(), form.errors
        assert remark_in(sent, text) == form.remark()


def test_kept_ones_name_the_last_day_as_it_is_now(client, dated, olena, clause):
    forget_thanks()
    client.force_login(olena)
    address = f"{dated.get_absolute_url()}speak/"
    for day, said in ((date(2031, 1, 18), "18 січня 2031"), (date(2031, 2, 7), "7 лютого 2031")):
        Consultation.objects.filter(pk=dated.pk).update(report_due_on=day)
        sent = {"kind": "remark", "text": f"Слова {day.month}.", "clause": clause.key}
        answer = client.post(address, sent, headers={"HX-Request": "true"})
        assert f"До {said} рада оприлюднить звіт" in html.fromstring(answer.text).text_content()
