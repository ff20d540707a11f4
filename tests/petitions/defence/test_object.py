"""Whoever was removed may object; somebody else decides; upheld, the signature counts again."""

from __future__ import annotations

import json

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from petitions.defence import actions
from petitions.defence.signature_filter import SignatureFilter
from petitions.events import ObjectionDecided, ObjectionMade
from petitions.ledger.checking import faults
from petitions.models import Objection, Signature
from petitions.signing import tokens
from tests.petitions.defence.test_remove import remove
from tests.petitions.factories import signatures

pytestmark = pytest.mark.django_db
Status = Signature.Status
TEXT = "Я підписала сама, зі шкільного класу."


@pytest.fixture
def hers(flooded, bohdan, mo):
    """bohdan's signature, removed by mo with the machine's."""
    signatures(
        flooded,
        1,
        user=bohdan,
        mailbox=None,
        email="",
        name="",
        network="198.51.100.0",
        domain="school.example",
    )
    remove(flooded, mo, shown=61)
    return flooded.signatures.get(user=bohdan)


def test_it_is_kept_and_told(hers, mo, emitted):
    made = actions.object_to(hers, is_own=True, text=f" {TEXT} ")
    assert (made.text, made.removed_by, made.removal_id) == (TEXT, mo, hers.removal_id)
    assert emitted == [ObjectionMade(hers.petition_id, hers.user_id, made.pk)]
    assert list(actions.waiting_objections()) == [made]


def test_it_refuses(hers, flooded, refused):
    with refused("petition.not_your_signature"):
        actions.object_to(hers, is_own=False, text=TEXT)
    with refused("petition.objection_empty"):
        actions.object_to(hers, is_own=True, text=" ")
    counted = flooded.signatures.filter(status=Status.COUNTED).first()
    with refused("petition.not_removed"):
        actions.object_to(counted, is_own=True, text=TEXT)
    actions.object_to(hers, is_own=True, text=TEXT)
    with refused("petition.objected_already"):
        actions.object_to(hers, is_own=True, text=TEXT)


def test_upheld_it_counts_again_with_its_own_time(hers, flooded, admin, emitted, numbers):
    made = actions.object_to(hers, is_own=True, text=TEXT)
    before = numbers(flooded)["total"]
    emitted.clear()
    actions.decide(made, by=admin, upheld=True, answer="Ви праві.")
    again = Signature.objects.get(pk=hers.pk)
    assert (again.status, again.removal, again.at) == (Status.COUNTED, None, hers.at)
    after = numbers(flooded)["total"]
    assert (after[0], after[2]) == (before[0] + 1, before[2] - 1)
    assert emitted[0] == ObjectionDecided(flooded.pk, admin.pk, made.pk)
    line = json.loads(flooded.ledger.latest("number").body)
    assert line["what"] == "restored" and line["removal"] == made.removal_id
    assert TEXT not in line and "Ви праві" not in str(line)
    assert list(faults(flooded.pk)) == []
    assert not actions.waiting_objections().exists()


def test_upheld_too_late_it_counts_nothing_in(hers, flooded, admin, numbers):
    """The signature meanwhile waits for a check: its removal is another's matter now."""
    made = actions.object_to(hers, is_own=True, text=TEXT)
    Signature.objects.filter(pk=hers.pk).update(
        status=Status.CHECKING, removal=None, suspicion="mailbox"
    )
    before = numbers(flooded)["total"]
    actions.decide(made, by=admin, upheld=True, answer="Ви праві.")
    assert Signature.objects.get(pk=hers.pk).status == Status.CHECKING
    assert numbers(flooded)["total"] == before


def test_rejected_it_stays_removed(hers, flooded, admin):
    made = actions.object_to(hers, is_own=True, text=TEXT)
    actions.decide(made, by=admin, upheld=False, answer="Підпис надіслала програма.")
    made.refresh_from_db()
    assert made.upheld is False and made.answer and made.decided_by == admin
    assert Signature.objects.get(pk=hers.pk).status == Status.REMOVED
    assert list(faults(flooded.pk)) == []


def test_another_decides(hers, mo, ofi, admin, refused):
    made = actions.object_to(hers, is_own=True, text=TEXT)
    with refused("petition.decided_by_another"):
        actions.decide(made, by=mo, upheld=False, answer="Ні.")
    with refused("petition.moderators_only"):
        actions.decide(made, by=ofi, upheld=True, answer="Так.")
    with refused("petition.answer_missing"):
        actions.decide(made, by=admin, upheld=True, answer="  ")
    actions.decide(made, by=admin, upheld=True, answer="Так.")
    with refused("petition.decided_already"):
        actions.decide(made, by=admin, upheld=False, answer="Ні.")


def test_the_database_holds_it_too(hers, mo):
    made = actions.object_to(hers, is_own=True, text=TEXT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.filter(pk=made.pk).update(
            decided_by=mo, decided_at=made.at, upheld=True, answer="Так."
        )


def test_what_a_reversal_has_settled_waits_no_more(hers, mo, admin, flooded):
    made = actions.object_to(hers, is_own=True, text=TEXT)
    actions.reverse(hers.removal, by=mo, reason="Помилка.")
    assert not actions.waiting_objections().exists()
    actions.decide(made, by=admin, upheld=True, answer="Видалення скасовано.")
    assert Signature.objects.get(pk=hers.pk).status == Status.COUNTED
    assert list(faults(flooded.pk)) == []


def test_a_second_removal_may_be_objected_to_again(hers, mo, flooded):
    actions.object_to(hers, is_own=True, text=TEXT)
    actions.reverse(hers.removal, by=mo, reason="Помилка.")
    remove(flooded, mo, SignatureFilter(signature=hers.pk), shown=1, rule="single")
    actions.object_to(hers, is_own=True, text=TEXT)
    assert Objection.objects.count() == 2


# --- her page ------------------------------------------------------------------------------------


def test_she_objects_on_her_page(client, hers, bohdan, charlie):
    address = tokens.objection_path(hers)
    assert client.get(address).status_code == 302
    client.force_login(charlie)
    assert client.get(address).status_code == 404
    client.force_login(bohdan)
    page = client.get(address).content.decode()
    assert "60 підписів за хвилину" in page and "198.51" not in page and "Мотря" not in page
    answer = client.post(address, {"text": ""})
    assert answer.status_code == 422
    client.post(address, {"text": TEXT})
    assert Objection.objects.get().text == TEXT
    assert "<textarea" not in client.get(address).content.decode()


def test_whoever_signed_by_mail_objects_by_her_link_alone(client, flooded, mo, hers):
    removed = flooded.signatures.filter(status=Status.REMOVED, user=None)
    first, second = removed[0], removed[1]
    address = tokens.objection_path(first)
    assert client.get(address).status_code == 200
    wrong = reverse(
        "petitions:objection_by_link",
        args=[flooded.pk, second.pk, tokens.token_of_objection(first)],
    )
    assert client.get(wrong).status_code == 404
    assert client.post(wrong, {"text": TEXT}).status_code == 404
    client.get(address)
    assert not Objection.objects.exists()
    client.post(address, {"text": TEXT})
    assert Objection.objects.get().signature == first


# --- the desk ------------------------------------------------------------------------------------


def test_it_is_decided_on_the_desk(client, hers, mo, admin, bohdan):
    from accounts.models import DataAccess

    made = actions.object_to(hers, is_own=True, text=TEXT)
    address = reverse("petitions_desk:objection", args=[hers.petition_id, made.pk])
    client.force_login(mo)
    assert TEXT in client.get(reverse("petitions_desk:objections")).content.decode()
    assert "<textarea" not in client.get(address).content.decode()
    assert client.post(address, {"upheld": "yes", "answer": "Так."}).status_code == 422
    client.force_login(admin)
    assert client.post(address, {"upheld": "", "answer": ""}).status_code == 422
    client.post(address, {"upheld": "yes", "answer": "Так."})
    made.refresh_from_db()
    assert made.upheld and made.decided_by == admin
    assert DataAccess.objects.filter(user=bohdan, why="petition.defence").count() == 2


def test_officers_see_no_objections_of_others(client, hers, ofi):
    actions.object_to(hers, is_own=True, text=TEXT)
    client.force_login(ofi)
    page = client.get(reverse("petitions_desk:objections"))
    assert page.status_code == 200 and TEXT not in page.content.decode()


def test_the_list_costs_the_same_at_any_length(
    client, flooded, mo, hers, django_assert_max_num_queries
):
    for removed in flooded.signatures.filter(status=Status.REMOVED)[:15]:
        actions.object_to(removed, is_own=True, text=TEXT)
    client.force_login(mo)
    with django_assert_max_num_queries(8):
        client.get(reverse("petitions_desk:objections"))
