"""After the last day a remark stays in the record; its author may take the name off (ADR 97)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.data import actions as rights
from consultations.events import RemarkChanged
from consultations.models import Edition
from consultations.remarks import actions as speaking
from consultations.reports import manifest
from core.models import AuditEntry
from discussions.events import NameTakenOff
from discussions.models import Comment
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(opened, olena):
    return speaking.remark(opened, by=olena, text="Залиште лави.")


def test_until_the_last_moment_it_is_taken_back(opened, said, olena, clock):
    clock.set(opened.closes_at - timedelta(minutes=1))
    assert speaking.delete_remark(said, by=olena).deleted_at


def test_from_then_on_it_stays(client, opened, said, olena, clock, refused):
    clock.set(opened.closes_at)
    with refused("remark.stays"):
        speaking.delete_remark(said, by=olena)
    client.force_login(olena)
    page = client.get(said.get_absolute_url()).text
    address = reverse("consultations:delete", args=[opened.pk, said.pk])
    assert address not in page
    assert client.post(address).status_code == 403
    asked = client.get(address)
    assert '<form class="confirm"' not in asked.text


def test_the_name_goes_and_the_words_stay(client, opened, said, olena, ofi, clock, emitted):
    clock.set(opened.closes_at)
    factories.publish_report(opened, by=ofi)
    emitted.clear()
    client.force_login(olena)
    address = reverse("consultations:take_name_off", args=[opened.pk, said.pk])
    assert address in client.get(said.get_absolute_url()).text
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 302
    assert NameTakenOff(said.pk, opened.thread_id, None, olena.pk) in emitted
    assert RemarkChanged(said.pk, opened.pk, olena.pk) in emitted
    assert AuditEntry.objects.filter(event="NameTakenOff").count() == 1
    client.logout()
    edition = Edition.objects.get()
    for page in (
        opened.get_absolute_url(),
        said.get_absolute_url(),
        edition.get_absolute_url(),
        reverse("api:remark", args=[opened.pk, said.pk]),
        reverse("consultations:dispositions", args=[opened.pk]),
    ):
        text = client.get(page).text
        assert "Залиште лави." in text, page
        assert olena.public_name not in text, page
    assert manifest.verify(edition) == []
    again = factories.publish_report(opened, by=ofi, reason="Помилка.")
    assert again.rows.get().name == ""


def test_of_a_reply_too(client, opened, said, bohdan, olena, clock, refused):
    reply = speaking.reply(said, by=bohdan, text="Згоден.")
    with refused("remark.not_over"):
        speaking.take_name_off(opened, reply, by=bohdan)
    clock.set(opened.closes_at)
    with refused("comment.not_yours"):
        speaking.take_name_off(opened, reply, by=olena)
    client.force_login(bohdan)
    address = reverse("consultations:take_name_off", args=[opened.pk, reply.pk])
    assert address in client.get(said.get_absolute_url()).text
    client.post(address)
    page = client.get(said.get_absolute_url()).text
    assert "Згоден." in page
    assert "ім’я знято" in page
    with refused("comment.unnamed_already"):
        speaking.take_name_off(opened, reply, by=bohdan)


@pytest.mark.parametrize("with_proposals", [False, True])
def test_not_where_the_law_names_who_proposes(department, olena, clock, refused, with_proposals):
    named = factories.consultation(
        department, asks_full_name=True, names_with_proposals=with_proposals
    )
    made = speaking.remark(
        named, by=olena, text="Так.", full_name="Коваль Олена Петрівна", contact="a@b.ua"
    )
    clock.set(named.closes_at)
    with refused("remark.named_by_law"):
        speaking.take_name_off(named, made.comment, by=olena)


def test_of_what_was_said_for_an_organisation_its_name_stays(client, opened, firm, clock):
    shop = factories.organisation("ТОВ «Тераса»", firm)
    made = speaking.remark(opened, by=firm, text="Дорого.", organisation_id=shop.pk)
    clock.set(opened.closes_at)
    speaking.take_name_off(opened, made.comment, by=firm)
    page = client.get(made.get_absolute_url()).text
    assert shop.short_name in page
    assert firm.public_name not in page


def test_an_official_reply_keeps_its_name(opened, said, ofi, clock, refused):
    answer = speaking.answer(said, by=ofi, text="Залишимо.")
    clock.set(opened.closes_at)
    with refused("comment.official"):
        speaking.take_name_off(opened, answer, by=ofi)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=answer.pk).update(unnamed_at=answer.created_at)


def test_an_erasure_works_after_the_last_day(client, opened, said, olena, clock):
    clock.set(opened.closes_at)
    name = olena.public_name
    rights.erase(olena, by=olena)
    page = client.get(said.get_absolute_url()).text
    assert "Залиште лави." in page
    assert name not in page
