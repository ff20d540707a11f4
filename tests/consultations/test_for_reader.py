"""Cards of consultations and petitions: for whom, and what the reader has said, signed or lacks."""

from __future__ import annotations

import pytest

from accounts.for_whom import DONE, LACKS, OTHERS, PageCards
from accounts.for_whom import own as own_of
from consultations import queries
from consultations.cards import ConsultationCards
from consultations.models import Consultation, Procedure
from consultations.remarks import actions
from core.web.pages import forget_pages
from petitions.signing import actions as signing
from petitions.signing.mailbox import keys_of
from tests import factories
from tests.petitions import factories as petitions

pytestmark = pytest.mark.django_db
Participants = Procedure.Participants


@pytest.fixture(autouse=True)
def nothing_kept():
    forget_pages()


@pytest.fixture
def opened(department):
    return factories.consultation(department)


def held_for(consultation: Consultation, participants: str) -> None:
    procedure = consultation.procedure
    procedure.pk, procedure.code, procedure.participants = None, f"{participants}-x", participants
    procedure.save()
    Consultation.objects.filter(pk=consultation.pk).update(procedure=procedure)


def own(user):
    rows = queries.for_page(Consultation.objects.open()).order_by("pk")
    of_page = PageCards((ConsultationCards.of(queries.show_cards(rows)),))
    return own_of(user, of_page, "/consultations/")["consultation"]


def test_what_one_has_said_or_lacks(opened, department, olena):
    others = [factories.consultation(department) for _each in range(3)]
    kinds = (Participants.VERIFIED, Participants.ORGANISATIONS, Participants.BUSINESSES)
    for each, kind in zip(others, kinds, strict=True):
        held_for(each, kind)
    actions.remark(opened, by=olena, text="Потрібен ранковий рейс.")
    gone = actions.remark(others[2], by=olena, text="Це зайве.")
    actions.delete_remark(gone, by=olena)
    found = own(olena)
    assert {pk: each.kind for pk, each in found.items()} == {
        opened.pk: DONE,
        others[0].pk: LACKS,
        others[1].pk: OTHERS,
    }
    assert str(found[opened.pk].words) == "Ви висловилися: 1 зауваження."
    assert found[others[0].pk].url == "/account/verify/?next=/consultations/"
    factories.organisation("ТОВ «Тераса»", olena)
    assert others[1].pk not in own(olena)


def test_the_list_and_the_first_page_say_it_to_the_reader_alone(client, opened, department, olena):
    closed_to_her = factories.consultation(department)
    held_for(closed_to_her, Participants.VERIFIED)
    actions.remark(opened, by=olena, text="Потрібен ранковий рейс.")
    stranger = type(client)()
    client.force_login(olena)
    for address in ("/consultations/?state=open", "/"):
        assert "Ви висловилися" not in stranger.get(address).text
        page = client.get(address).text
        assert "Ви висловилися: 1 зауваження." in page
        assert "Спершу підтвердьте, хто ви." in page
        assert "для тих, чию особу підтверджено" in stranger.get(address).text


def test_one_statement_for_all_cards(opened, department, olena, django_assert_num_queries):
    for _each in range(4):
        factories.consultation(department)
    rows = queries.show_cards(queries.for_page(Consultation.objects.open()))
    with django_assert_num_queries(1):
        own_of(olena, PageCards((ConsultationCards.of(rows),)), "/")


def test_petitions_that_one_has_signed(client, olena, bohdan):
    signed, other = petitions.petition(olena), petitions.petition(olena, title="Інша петиція")
    signing.sign(signed, by=bohdan, address="198.51.100.1")
    client.force_login(bohdan)
    page = client.get("/petitions/")
    assert page.text.count("Ви підписали.") == 1
    assert "Ви підписали." not in type(client)().get("/petitions/").text
    signing.take_back(signed.signatures.get(), by=bohdan)
    forget_pages()
    assert "Ви підписали." not in client.get("/petitions/").text
    assert other.title in page.text


def test_what_another_account_signed_from_a_mailbox_like_ones_own_is_not_ones_own(
    client, olena, bohdan
):
    signed = petitions.petition(olena)
    signing.sign(signed, by=bohdan, address="198.51.100.1")
    (_pk, key), *_others = keys_of(olena.email, [signed.pk])
    signed.signatures.update(mailbox=key)
    client.force_login(olena)
    assert "Ви підписали." not in client.get("/petitions/").text
