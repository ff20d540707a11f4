"""Names in reports: by the rule of the procedure, told where one writes, never backwards."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from accounts.data import actions as rights
from accounts.data import retention
from accounts.models import DataAccess
from accounts.people import actions as accounts
from consultations.decisions import actions as decisions
from consultations.life import actions
from consultations.models import (
    Consultation,
    Declaration,
    Edition,
    EditionRow,
    Procedure,
    Remark,
    State,
)
from consultations.remarks import actions as speaking
from consultations.reports import manifest, queries
from consultations.waiting import actions as waiting
from core.domain.calendar import local_date
from notifications.sending.fanout import send_to_member
from tests import factories

pytestmark = pytest.mark.django_db

DECLARED = {"full_name": "Коваль Олена Петрівна", "contact": "+380 00 000 00 01"}


@pytest.fixture
def named(department):
    """An open consultation that asks for full names."""
    return factories.consultation(department, asks_full_name=True)


def test_the_procedures_rule_is_frozen_when_it_is_announced(department, ofi):
    preparing = factories.consultation(department, State.PREPARING)
    Procedure.objects.update(asks_full_name=True)
    announced = actions.announce(preparing, by=ofi)
    Procedure.objects.update(asks_full_name=False)
    announced.refresh_from_db()
    assert announced.asks_full_name


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "remark.full_name_missing"),
        ({"full_name": "Олена", "contact": "a@b.ua"}, "remark.full_name_missing"),
        ({"full_name": "Олена Коваль"}, "remark.contact_missing"),
        ({"full_name": "О " * 150, "contact": "-"}, "remark.declared_too_long"),
    ],
)
def test_both_are_asked_for(named, olena, refused, given, code):
    with refused(code):
        speaking.remark(named, by=olena, text="Так.", **given)


def test_others_store_nothing_of_it(opened, olena):
    speaking.remark(opened, by=olena, text="Так.", **DECLARED)
    assert not Declaration.objects.exists()


def test_the_form_asks_and_says_what_for(client, named, opened, olena):
    client.force_login(olena)
    page = client.get(reverse("consultations:speak", args=[named.pk])).text
    assert 'name="full_name"' in page
    assert 'name="contact"' in page
    answer = client.post(
        reverse("consultations:speak", args=[named.pk]),
        {"kind": "remark", "text": "Так.", **DECLARED},
    )
    assert answer.status_code == 302
    assert Declaration.objects.get().full_name == DECLARED["full_name"]
    other = client.get(reverse("consultations:speak", args=[opened.pk])).text
    assert 'name="full_name"' not in other


def test_waits_with_its_remark(named, firm, ofi):
    claim = factories.organisation("ТОВ «Тераса»", firm, confirmed_at=None, how="")
    sent = waiting.send(named, by=firm, organisation_id=claim.pk, text="Дорого.", **DECLARED)
    assert (sent.full_name, sent.contact) == (DECLARED["full_name"], DECLARED["contact"])
    claim.confirmed_at, claim.how = sent.sent_at, "office"
    claim.save()
    assert waiting.join_confirmed(claim.pk) == 1
    assert Remark.objects.get().declaration.contact == DECLARED["contact"]


@pytest.fixture
def by_full_name(named, olena, ofi, clock) -> Edition:
    speaking.remark(named, by=olena, text="Так.", **DECLARED)
    clock.set(named.closes_at)
    return factories.publish_report(named, by=ofi)


@pytest.fixture
def by_public_name(opened, olena, bohdan, ofi, clock) -> Edition:
    for person in (olena, bohdan):
        speaking.remark(opened, by=person, text="Так.")
    clock.set(opened.closes_at)
    return factories.publish_report(opened, by=ofi)


def test_the_report_publishes_the_name_and_never_the_contact(client, by_full_name):
    page = client.get(by_full_name.get_absolute_url()).text
    assert DECLARED["full_name"] in page
    assert DECLARED["contact"] not in page


def test_contacts_are_for_the_officers_and_the_journal_tells(
    client, by_full_name, ofi, mo, stranger, olena
):
    address = reverse("desk:contacts", args=[by_full_name.consultation_id])
    for person in (mo, stranger, olena):
        client.force_login(person)
        assert client.get(address).status_code in (403, 404)
    client.force_login(ofi)
    assert DECLARED["contact"] in client.get(address).text
    assert DataAccess.objects.get(why="consultation.contacts").user == olena


# --- erasure --------------------------------------------------------------------------------------


def publish_again(edition: Edition, ofi) -> Edition:
    return factories.publish_report(edition.consultation, by=ofi, reason="Помилка.")


def test_a_name_goes_and_the_edition_still_verifies(client, by_public_name, olena):
    name = olena.public_name
    rights.erase(olena, by=olena)
    edition = Edition.objects.get()
    assert (edition.removed_names, edition.names_removed_at is None) == (1, False)
    assert manifest.verify(edition) == []
    row = edition.rows.get(number=1)
    assert (row.name, row.name_salt, row.author) == ("", "", None)
    page = client.get(edition.get_absolute_url()).text
    assert name not in page
    assert edition.sha256 in page


def test_by_law_the_name_stays_and_the_contact_goes(client, by_full_name, olena):
    rights.erase(olena, by=olena)
    assert DECLARED["full_name"] in client.get(by_full_name.get_absolute_url()).text
    assert Declaration.objects.get().contact == ""
    assert Edition.objects.get().removed_names == 0


FIVE_YEARS = timedelta(days=5 * 365)


@pytest.mark.parametrize(
    ("ended", "passed", "is_kept"),
    [
        (None, 3 * FIVE_YEARS, True),  # it is in force
        (timedelta(days=9), FIVE_YEARS + timedelta(days=8), True),
        (timedelta(days=9), FIVE_YEARS + timedelta(days=10), False),
        ("unknown", FIVE_YEARS - timedelta(days=1), True),
        ("unknown", FIVE_YEARS + timedelta(days=1), False),
    ],
)
def test_it_stays_while_the_act_is_in_force_and_five_years(
    by_full_name, olena, ofi, clock, ended, passed, is_kept
):
    begins = local_date(by_full_name.at)
    days = {} if ended == "unknown" else {"in_force_from": begins}
    if ended not in (None, "unknown"):
        days["in_force_until"] = begins + ended
        clock.advance(seconds=ended.total_seconds())
        passed -= ended
    fields = {"outcome": "adopted", "decided_on": begins, "number": "12-5", **days}
    consultation = Consultation.objects.get(pk=by_full_name.consultation_id)
    decisions.enter(consultation, by=ofi, fields=fields)
    rights.erase(olena, by=olena)
    clock.advance(seconds=passed.total_seconds())
    retention.sweep_all()
    names = list(by_full_name.rows.values_list("name", flat=True))
    assert (names == [DECLARED["full_name"]], Declaration.objects.exists()) == (is_kept, is_kept)


def test_an_edition_keeps_what_was_true_when_it_was_published(client, by_public_name, ofi, olena):
    """A former public name; the next one has the name of now."""
    former = olena.public_name
    changed = accounts.change_profile(olena, fields={"public_name_style": "full"})
    for edition in (by_public_name, publish_again(by_public_name, ofi)):
        row = next(iter(queries.rows_of(edition)))
        name = former if edition == by_public_name else changed.public_name
        assert (row.row.name, row.words) == (name, "Так.")
    assert manifest.verify(by_public_name) == []


# --- what participants are told -------------------------------------------------------------------


def test_each_is_told_once_of_all_their_proposals(by_public_name, olena):
    about, ids = (
        f"edition:{by_public_name.pk}",
        {"consultation_id": by_public_name.consultation_id, "edition_id": by_public_name.pk},
    )
    template = "consultations/report_published"
    assert send_to_member("participants", template, olena.pk, about, ids)
    assert not send_to_member("participants", template, olena.pk, about, ids)
    (message,) = mail.outbox
    row = EditionRow.objects.get(number=1)
    assert "№ 1" in message.body.replace("\u00a0", " ")
    assert row.remark.get_absolute_url() in message.body
    assert "№ 2" not in message.body.replace("\u00a0", " ")


def test_of_another_edition_only_whose_answer_changed(by_public_name, olena, bohdan, ofi):
    theirs = Remark.objects.get(comment__author=bohdan)
    theirs.disposition.kind, theirs.disposition.reason = "rejected", "Суперечить закону."
    theirs.disposition.save()
    again = factories.publish_report(by_public_name.consultation, by=ofi, reason="Помилка.")
    ids = {"consultation_id": again.consultation_id, "edition_id": again.pk}
    told = [
        send_to_member(
            "participants", "consultations/report_published", person.pk, f"edition:{again.pk}", ids
        )
        for person in (olena, bohdan)
    ]
    assert told == [False, True]
    assert "Суперечить закону." in mail.outbox[0].body
