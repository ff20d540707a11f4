"""Full names with proposals (ADR 97): shown where the law names who proposes, and nowhere else."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.data import actions as rights
from accounts.data.retention import sweep_all
from consultations import boards, queries
from consultations.life import actions
from consultations.models import Consultation, Declaration, Procedure, Remark, State
from consultations.register import actions as register
from consultations.register.numbering import number_remarks
from consultations.remarks import actions as speaking
from consultations.reports.queries import readiness_of
from consultations.waiting import actions as waiting
from core.domain.retention import period_of
from discussions import actions as discussion
from discussions import entered
from discussions import rules as discussion_rules
from tests import factories

pytestmark = pytest.mark.django_db

NAME = "Коваль Олена Петрівна"
DECLARED = {"full_name": NAME, "contact": "+380 00 000 00 01"}


@pytest.fixture
def named(department):
    """An open consultation in which full names stand with proposals."""
    return factories.consultation(department, asks_full_name=True, names_with_proposals=True)


@pytest.fixture
def promised(department):
    """One that was announced under the former promise: the report alone has full names."""
    return factories.consultation(department, asks_full_name=True)


def test_what_is_announced_from_now_on_shows_names(department, ofi, clock):
    preparing = factories.consultation(department, State.PREPARING)
    assert not actions.announce(preparing, by=ofi).names_with_proposals
    Procedure.objects.update(asks_full_name=True)
    second = factories.consultation(department, State.PREPARING)
    assert actions.announce(second, by=ofi).names_with_proposals


def test_no_name_is_shown_that_was_not_asked_for(opened):
    with pytest.raises(IntegrityError), transaction.atomic():
        Consultation.objects.filter(pk=opened.pk).update(names_with_proposals=True)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"full_name": "Олена", "no_patronymic": True}, "remark.full_name_missing"),
        ({"full_name": "Коваль Олена"}, "remark.patronymic_missing"),
        ({"full_name": "Коваль Олена", "no_patronymic": True}, ""),
        ({"full_name": NAME}, ""),
    ],
)
def test_three_words_unless_there_is_no_patronymic(named, promised, olena, refused, given, code):
    declared = {"contact": "a@b.ua", **given}
    if code:
        with refused(code):
            speaking.remark(named, by=olena, text="Так.", **declared)
    else:
        assert speaking.remark(named, by=olena, text="Так.", **declared).declaration


def test_two_words_are_enough_under_the_former_promise(promised, olena):
    given = DECLARED | {"full_name": "Олена Коваль"}
    assert speaking.remark(promised, by=olena, text="Так.", **given).declaration


def _pages(client, consultation, remark):
    api = reverse("api:remark", args=[consultation.pk, remark.pk])
    return {
        "page": client.get(consultation.get_absolute_url()).text,
        "remark": client.get(remark.get_absolute_url()).text,
        "api": client.get(api).text,
        "data": b"".join(
            client.get(f"/consultations/{consultation.pk}/data.csv").streaming_content
        ).decode("utf-8-sig"),
    }


def test_it_stands_there_from_the_first_minute(client, named, olena):
    made = speaking.remark(named, by=olena, text="Так.", **DECLARED)
    for where, text in _pages(client, named, made).items():
        assert NAME in text, where
        assert DECLARED["contact"] not in text, where
    told = json.loads(_pages(client, named, made)["api"])
    assert (told["author"], told["full_name"]) == (olena.public_name, NAME)
    (row,) = csv.DictReader(io.StringIO(_pages(client, named, made)["data"]))
    assert row["author"] == NAME


def test_the_former_promise_is_kept(client, promised, olena):
    made = speaking.remark(promised, by=olena, text="Так.", **DECLARED)
    pages = _pages(client, promised, made)
    assert all(NAME not in text for text in pages.values())
    assert olena.public_name in pages["page"]


def test_displays_search_and_feeds_keep_the_public_name(client, named, olena):
    made = speaking.remark(named, by=olena, text="Освітіть сквер увечері.", **DECLARED)
    row = queries.with_display_columns(Remark.objects.filter(pk=made.pk)).get()
    card = boards.remark_card(queries.show_unanswered(row))
    assert olena.public_name in card.foot
    for address in (
        reverse("consultations:display", args=[named.pk]),
        "/search/?q=сквер",
        reverse("consultations:feed"),
        f"/embed/consultations/{named.pk}/display/",
        f"/embed/consultation/{named.pk}/",
        "/",
    ):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert NAME not in answer.text, address


def test_a_hidden_remark_shows_no_name(client, named, olena, mo):
    made = speaking.remark(named, by=olena, text="Так.", **DECLARED)
    discussion.hide(made.comment, by=mo, reason="profanity", note="Порушує правила")
    pages = {
        "page": client.get(named.get_absolute_url()).text,
        "data": b"".join(
            client.get(f"/consultations/{named.pk}/data.json").streaming_content
        ).decode(),
        "list": client.get(reverse("api:remarks", args=[named.pk])).text,
    }
    assert all(NAME not in text for text in pages.values())


def test_a_repeat_stands_under_its_own_name(client, named, olena, bohdan):
    head = speaking.remark(named, by=olena, text="Так.", **DECLARED)
    other = DECLARED | {"full_name": "Шевченко Богдан Ілліч"}
    folded = speaking.remark(named, by=bohdan, text="Так.", **other)
    Remark.objects.filter(pk=folded.pk).update(folded_into=head.pk)
    assert other["full_name"] in client.get(head.get_absolute_url()).text


def test_the_field_says_that_it_is_published(client, named, promised, olena):
    client.force_login(olena)
    page = client.get(reverse("consultations:speak", args=[named.pk])).text
    assert 'name="no_patronymic"' in page
    assert "ст. 15" in page
    former = client.get(reverse("consultations:speak", args=[promised.pk])).text
    assert 'name="no_patronymic"' not in former
    answer = client.post(
        reverse("consultations:speak", args=[named.pk]),
        {"kind": "remark", "text": "Так.", **DECLARED, "full_name": "Коваль Олена"},
    )
    assert answer.status_code == 422
    assert not Remark.objects.exists()


def test_an_organisation_is_named_itself(client, named, firm):
    shop = factories.organisation("ТОВ «Тераса»", firm, location="м. Кривий Ріг, пр-т Миру, 1")
    made = speaking.remark(named, by=firm, text="Дорого.", organisation_id=shop.pk, **DECLARED)
    page = client.get(named.get_absolute_url()).text
    for words in (shop.short_name, shop.code, shop.location):
        assert words in page
    assert NAME not in page
    assert NAME not in client.get(made.get_absolute_url()).text


def test_what_waits_carries_that_there_is_no_patronymic(named, firm):
    claim = factories.organisation("ТОВ «Тераса»", firm, confirmed_at=None, how="")
    given = DECLARED | {"full_name": "Коваль Олена", "no_patronymic": True}
    sent = waiting.send(named, by=firm, organisation_id=claim.pk, text="Дорого.", **given)
    made = waiting.send_as_oneself(sent, by=firm)
    assert made.declaration.full_name == "Коваль Олена"


def test_an_erasure_leaves_the_name_for_its_term(
    client, named, olena, bohdan, ofi, clock, settings
):
    made = speaking.remark(named, by=olena, text="Так.", **DECLARED)
    clock.set(named.closes_at)
    factories.publish_report(named, by=ofi)
    rights.erase(olena, by=olena)
    assert NAME in client.get(made.get_absolute_url()).text
    clock.set(named.closes_at + period_of("report_names") + timedelta(days=1))
    sweep_all()
    assert not Declaration.objects.exists()
    client.force_login(bohdan)
    assert NAME not in client.get(made.get_absolute_url()).text


# --- letters --------------------------------------------------------------------------------------


def _letter(consultation, by, **more):
    said = {
        "source": "letter",
        "received_on": consultation.opens_on,
        "author_name": "Гнатюк Марія Іванівна",
        "text": "Залиште прохід.",
        "contact": "вул. Шахтарська, 3",
    }
    return register.enter(consultation, by=by, **(said | more))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"author_name": "Марія Гнатюк"}, "remark.patronymic_missing"),
        ({"contact": " "}, "remark.contact_missing"),
        ({"author_name": ""}, "remark.patronymic_missing"),
    ],
)
def test_a_letter_names_its_author_too(named, ofi, refused, given, code):
    with refused(code):
        _letter(named, ofi, **given)


def test_a_letter_of_an_organisation_or_without_a_patronymic(client, named, opened, ofi):
    assert _letter(named, ofi, author_name="ТОВ «Тераса»", is_full_name=True)
    assert _letter(opened, ofi, author_name="Марія", contact="")
    data = client.get(f"/consultations/{named.pk}/data.csv").streaming_content
    assert "Тераса" in b"".join(data).decode("utf-8-sig")


def test_without_name_or_contact_it_is_neither_published_nor_considered(
    client, named, ofi, mo, refused
):
    made = _letter(named, ofi, author_name="", contact="", is_undeclared=True)
    number_remarks(of=named.pk)
    page = client.get(named.get_absolute_url()).text
    assert "Залиште прохід." not in page
    assert readiness_of(named).gaps_total == 0
    assert not discussion_rules.restore(mo, made.comment)
    with refused("comment.undeclared"):
        discussion.restore(made.comment, by=mo)
    register.correct(
        made.received,
        by=ofi,
        author_name="Гнатюк Марія Іванівна",
        text="Залиште прохід.",
        received_on=named.opens_on,
        contact="044 1",
    )
    assert "Залиште прохід." in client.get(named.get_absolute_url()).text
    assert readiness_of(named).gaps_total == 1
    assert named.counts.get(clause_key=None).remarks == 1


def test_the_report_says_what_was_not_considered_and_why(client, named, ofi, clock):
    made = _letter(named, ofi, contact="", is_undeclared=True)
    clock.set(named.closes_at)
    edition = factories.publish_report(named, by=ofi)
    page = client.get(edition.get_absolute_url()).text
    assert "Не розглянуто" in page
    assert "Залиште прохід." not in page
    assert "Гнатюк" not in page
    assert "Приховано модератором" not in page
    own = client.get(made.get_absolute_url())
    assert own.status_code == 404
    assert "Не розглянуто" in own.text


def test_elsewhere_nothing_is_left_out(opened, ofi):
    made = _letter(opened, ofi, is_undeclared=True)
    assert made.comment.is_visible
    assert entered.check_name("А Б") == "А Б"
