"""What becomes of signatures when accounts are joined or erased, and of their traces with time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings as configured

from accounts.data import actions as data
from accounts.data.retention import sweep_all
from accounts.identity import actions as identity
from accounts.identity import joining
from accounts.models import PersonKey, User
from core.domain.rules import Refused
from core.web.pages import forget_pages
from petitions import jobs
from petitions.answer.actions import start_review
from petitions.models import Pending, Signature, State, Total
from petitions.signing import actions, counting, retention
from petitions.signing.mailbox import key_of
from petitions.signing.queries import own_signature, signed_by, signers
from tests.accounts.identity.conftest import person_code
from tests.petitions import factories

pytestmark = pytest.mark.django_db

Status = Signature.Status
CODE = person_code()


@pytest.fixture
def petition(olena):
    return factories.petition(olena)


def sign(petition, by):
    return actions.sign(petition, by=by, address="203.0.113.7")


# --- Joining --------------------------------------------------------------------------------------


def test_what_one_account_signed_is_the_others(petition, bohdan, charlie, refused):
    made = sign(petition, charlie)
    joining.merge(bohdan, charlie)
    made.refresh_from_db()
    assert (made.user, made.status) == (bohdan, Status.COUNTED)
    with refused("petition.signed_already"):
        sign(petition, bohdan)


def test_one_person_has_one_signature(petition, bohdan, charlie, run_jobs):
    kept, gone = sign(petition, bohdan), sign(petition, charlie)
    counting.recount([petition.pk])
    joining.merge(bohdan, charlie)
    for each in (kept, gone):
        each.refresh_from_db()
    assert (kept.user, kept.status) == (bohdan, Status.COUNTED)
    assert (gone.user, gone.mailbox, gone.status) == (None, None, Status.WITHDRAWN)
    counting.recount([petition.pk])
    total = Total.objects.get()
    assert (total.counted, total.withdrawn) == (1, 1)


def test_a_recount_follows(petition, bohdan, charlie, run_jobs):
    sign(petition, bohdan), sign(petition, charlie)
    joining.merge(bohdan, charlie)
    assert "petitions.jobs.recount" in run_jobs()
    assert Total.objects.get().counted == 1


def test_a_removed_one_gives_way_too(petition, bohdan, charlie, mo):
    """What is taken back comes from any status: the ledger explains it."""
    sign(petition, bohdan)
    factories.removed([sign(petition, charlie)], by=mo)
    joining.merge(bohdan, charlie)
    assert sorted(Signature.objects.values_list("status", flat=True)) == [1, 4]


def test_what_one_signed_by_mail_counts_once_too(petition, olena, bohdan, charlie):
    """By mail, when neither had an account: the mailbox of the account that is gone is hers."""
    for person in (bohdan, charlie):
        Signature.objects.create(
            petition=petition,
            email=person.email,
            name=person.get_full_name(),
            mailbox=key_of(petition.pk, person.email),
        )
    other = factories.petition(olena)
    Signature.objects.create(
        petition=other, mailbox=key_of(other.pk, charlie.email), email=charlie.email
    )
    joining.merge(bohdan, charlie)
    kept = Signature.objects.filter(status=Status.COUNTED).order_by("petition")
    assert list(kept.values_list("petition", "user")) == [
        (petition.pk, bohdan.pk),
        (other.pk, bohdan.pk),
    ]
    assert Signature.objects.get(status=Status.WITHDRAWN).petition == petition


# --- Erasing --------------------------------------------------------------------------------------


def test_an_erased_person_still_counts_without_a_name(petition, bohdan):
    made = sign(petition, bohdan)
    Signature.objects.filter(pk=made.pk).update(name="Богдан Мельник", email="b@example.org")
    data.erase(bohdan, by=bohdan)
    made.refresh_from_db()
    assert (made.status, made.name, made.email, made.domain) == (Status.COUNTED, "", "", "")
    assert (made.network, made.wants_news) == (None, False)


def test_what_she_signed_by_mail_is_hers_once_the_address_is_forgotten(petition, bohdan):
    [made] = factories.signatures(petition, 1, email="", mailbox=key_of(petition.pk, bohdan.email))
    assert own_signature(petition.pk, bohdan) == made
    assert list(signed_by(bohdan)) == [made]


def test_what_another_signed_from_a_mailbox_is_not_erased(petition, bohdan, charlie):
    """Hers was bohdan's before: his signature has its key, and stays his."""
    made = sign(petition, bohdan)
    User.objects.filter(pk=bohdan.pk).update(email="new@viche.example")
    User.objects.filter(pk=charlie.pk).update(email="bohdan@viche.example")
    charlie.refresh_from_db()
    assert own_signature(petition.pk, charlie) is None
    data.erase(charlie, by=charlie)
    made.refresh_from_db()
    assert (made.user, made.domain, made.wants_news) == (bohdan, "viche.example", False)


def test_what_waits_for_a_confirmation_goes(petition, bohdan):
    actions.ask(
        petition, name="Богдан Мельник", email=bohdan.email, address="10.0.0.1", language="uk"
    )
    data.erase(bohdan, by=bohdan)
    assert not Pending.objects.exists()


# --- Coming back ----------------------------------------------------------------------------------


def gone_and_back(gone, back, verified):
    verified(gone, person_code=CODE)
    data.erase(gone, by=gone)
    assert verified(back, person_code=CODE).came_back


def test_who_comes_back_signs_nothing_twice(petition, bohdan, charlie, verified, refused):
    made = sign(petition, bohdan)
    gone_and_back(bohdan, charlie, verified)
    made.refresh_from_db()
    assert (made.user, made.status) == (charlie, Status.COUNTED)
    with refused("petition.signed_already"):
        sign(petition, charlie)
    actions.take_back(made, by=charlie)


def test_what_she_had_signed_again_by_then_counts_once(
    petition, bohdan, charlie, verified, run_jobs
):
    gone, kept = sign(petition, bohdan), sign(petition, charlie)
    gone_and_back(bohdan, charlie, verified)
    for each in (kept, gone):
        each.refresh_from_db()
    assert (kept.user, kept.status) == (charlie, Status.COUNTED)
    assert (gone.user, gone.status) == (None, Status.WITHDRAWN)
    assert "petitions.jobs.recount" in run_jobs()
    assert Total.objects.get().counted == 1


def test_what_she_signed_by_mail_is_known_as_well(petition, bohdan, charlie, verified, refused):
    """The mailbox was her account's when that was erased, and is forgotten with it."""
    made = Signature.objects.create(
        petition=petition,
        name="Богдан",
        email=bohdan.email,
        mailbox=key_of(petition.pk, bohdan.email),
    )
    gone_and_back(bohdan, charlie, verified)
    made.refresh_from_db()
    assert made.user == charlie
    with refused("petition.signed_already"):
        sign(petition, charlie)


def test_her_new_name_is_not_put_under_what_she_signed_before(petition, bohdan, charlie, verified):
    sign(petition, bohdan)
    gone_and_back(bohdan, charlie, verified)
    [shown] = signers(petition, day=None, after="").items
    assert shown.name_withheld


def test_of_an_account_that_is_there_the_choice_stands(petition, bohdan, charlie, verified):
    """Its check counts no more; its person is confirmed under another."""
    made = sign(petition, bohdan)
    verified(bohdan, person_code=CODE)
    identity.end(bohdan)
    verified(charlie, person_code=CODE)
    made.refresh_from_db()
    assert (made.user, made.name_withheld) == (charlie, False)


def test_who_signed_nothing_leaves_no_key(petition, bohdan, verified):
    verified(bohdan, person_code=CODE)
    data.erase(bohdan, by=bohdan)
    assert not PersonKey.objects.exists()


# --- Time -----------------------------------------------------------------------------------------


def test_traces_go_when_the_review_begins(olena, ofi, department, bohdan, run_jobs):
    petition = factories.petition(olena, State.REACHED, department=department)
    sign(petition, bohdan)
    factories.signatures(petition, 3, network="198.51.100.0", domain="example.org")
    other = factories.petition(olena)
    sign(other, bohdan)
    start_review(petition, by=ofi, department=department)
    assert "petitions.jobs.forget_traces" in run_jobs()
    rows = Signature.objects.filter(petition=petition)
    assert set(rows.values_list("network", "domain")) == {(None, "")}
    assert Signature.objects.get(petition=other).domain == "viche.example"


def test_it_is_done_in_batches(petition, monkeypatch, django_assert_num_queries):
    factories.signatures(petition, 7, domain="example.org")
    monkeypatch.setattr(retention, "BATCH", 3)
    # Three batches and a look whether there is more: a read and a write each, two of a savepoint.
    with django_assert_num_queries(3 * 4 + 3):
        assert retention.forget_traces(petition.pk) == 7


def test_traces_go_some_time_after_the_end(petition, clock):
    factories.signatures(petition, 1, domain="example.org")
    assert retention.long_closed() == []
    clock.set(petition.closes_at + configured.RETENTION["signature_traces"] - timedelta(hours=1))
    assert retention.long_closed() == []
    clock.advance(hours=2)
    assert retention.long_closed() == [petition.pk]


@pytest.mark.parametrize("state", [State.COLLECTING, State.ANSWERED])
def test_addresses_go_when_there_is_nothing_more_to_tell(olena, clock, state):
    petition = factories.petition(olena, state)
    factories.signatures(petition, 2, email="d@example.org", name="Дарина")
    over = petition.answered_at or petition.closes_at
    clock.set(over + configured.RETENTION["signature_addresses"] - timedelta(hours=1))
    jobs.forget_old_addresses(timestamp=0)
    assert set(Signature.objects.values_list("email", "name")) == {("d@example.org", "Дарина")}
    clock.advance(hours=2)
    jobs.forget_old_addresses(timestamp=0)
    assert set(Signature.objects.values_list("email", "name")) == {("", "Дарина")}


def test_names_of_mail_signers_go_with_the_record(olena, client, clock):
    petition = factories.petition(olena, State.ANSWERED)
    factories.signatures(petition, 2, email="", name="Дарина Левченко")
    clock.set(petition.answered_at + configured.RETENTION["signature_names"] - timedelta(hours=1))
    jobs.forget_old_names(timestamp=0)
    address = f"/petitions/{petition.pk}/signers/"
    assert client.get(address).content.decode().count("Дарина Левченко") == 2
    clock.advance(hours=2)
    jobs.forget_old_names(timestamp=0)
    forget_pages()
    page = client.get(address).content.decode()
    assert "Дарина" not in page
    assert page.count("ім’я вже не зберігається") == 2


def test_addresses_stay_while_an_answer_is_due(olena, clock):
    petition = factories.petition(olena, State.REACHED)
    clock.set(petition.closes_at + configured.RETENTION["signature_addresses"])
    clock.advance(hours=2)
    assert retention.long_over("signature_addresses") == []


def test_what_nobody_confirmed_goes(petition, clock):
    actions.ask(
        petition, name="Дарина Січова", email="d@example.org", address="10.0.0.1", language="uk"
    )
    clock.advance(hours=configured.SIGNATURE_LINK_HOURS)
    sweep_all()
    assert Pending.objects.exists()
    clock.advance(days=configured.RETENTION["unconfirmed_signatures"].days, seconds=1)
    sweep_all()
    assert not Pending.objects.exists()


def test_her_download_has_what_she_signed_by_mail(petition, bohdan):
    """Whoever had no account when she signed gets it with the rest of hers."""
    from accounts.data.register import all_entries

    asked = actions.ask(
        petition,
        name="Богдан Мельник",
        email="Bohdan+x@viche.example",
        address="10.0.0.1",
        language="uk",
    )
    User.objects.filter(pk=bohdan.pk).update(email="other@viche.example")
    actions.confirm(asked)
    User.objects.filter(pk=bohdan.pk).update(email="bohdan@viche.example")
    bohdan.refresh_from_db()
    (holding,) = [each for each in all_entries() if each.model is Signature]
    assert [row["petition__title"] for row in holding.collect(bohdan)] == [petition.title]
    try:
        sign(petition, bohdan)
    except Refused as refusal:
        assert refusal.verdict.code == "petition.signed_already"
