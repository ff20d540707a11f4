"""One budget of mails for a mailbox over all doors: it delays and folds, and refuses nobody."""

from __future__ import annotations

import re
from smtplib import SMTPServerDisconnected

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from appeals import actions as appeals
from city.models import District, Street
from consultations.life import actions as life_actions
from core.domain import clock as the_clock
from core.web.client_ip import UNKNOWN
from notifications.activities.telling import tell_followers
from notifications.following import actions
from notifications.models import Activity, HeldMail, Letter, Sent
from notifications.personal_data import _held_mails_of
from notifications.sending import budget
from notifications.sending.fanout import send_to_member
from petitions.models import Signature
from petitions.signing import actions as signing
from petitions.signing import tokens
from tests import factories
from tests.appeals.filing.conftest import TYPED
from tests.notifications.followers import follower
from tests.petitions import factories as petitions

pytestmark = pytest.mark.django_db

EMAIL = "daryna@example.org"
#: Forty requests from eight networks, as the attack had them.
STRANGERS = [f"198.51.{number % 8}.{number // 8}" for number in range(40)]
OWNER = "203.0.113.5"

_APPEAL = {
    **{name: TYPED[name] for name in ("kind", "text", "name", "residence")},
    "subject": "Світильник у дворі",
}


@pytest.fixture
def petition(olena):
    return petitions.petition(olena)


@pytest.fixture
def street() -> Street:
    district = District.objects.create(name="Заріччя", slug="river")
    return Street.objects.create(name="вулиця Садова", slug="sadova", district=district)


def ask(petition, address: str = OWNER, email: str = EMAIL, name: str = "Дарина Січова", **more):
    return signing.ask(petition, name=name, email=email, address=address, language="uk", **more)


def follow(street, address: str, email: str = EMAIL) -> int:
    path = reverse("notifications:follow", args=["street", street.pk])
    return Client(REMOTE_ADDR=address).post(path, {"email": email}).status_code


def press(address: str) -> int:
    written = {"name": "Дарина Січова", "outlet": "Міські новини", "email": EMAIL}
    sent = {**written, "phone": "067 123-45-67", "consents": "on"}
    return Client(REMOTE_ADDR=address).post("/news/press/", sent).status_code


def spend_burst(email: str = EMAIL) -> None:
    for _ in range(budget.BURST.most):
        budget.BURST.spend(budget.limit_key(email))


def spend_all(email: str = EMAIL) -> None:
    """Whoever is not new waits."""
    spend_burst(email)
    budget.HOURLY.spend(budget.limit_key(email))


# --- the attack -----------------------------------------------------------------------------------


def test_forty_strangers_requests_do_not_shut_a_mailbox_out_of_signing(petition, do):
    form = reverse("petitions:sign_by_mail", args=[petition.pk])
    written = {"name": "Хтось Інший", "email": EMAIL}
    for address in STRANGERS:
        assert Client(REMOTE_ADDR=address).post(form, written).status_code == 302
    do()
    before = len(mail.outbox)
    assert before <= budget.BURST.most + 8 + 1

    owner = Client(REMOTE_ADDR=OWNER)
    page = owner.post(form, written | {"name": "Дарина Січова"})["Location"]
    do()
    assert len(mail.outbox) == before + 1
    code = re.search(r"^\d{4}-\d{4}$", mail.outbox[-1].body, re.MULTILINE)
    owner.post(page, {"code": code[0]})
    assert Signature.objects.get().name == "Дарина Січова"


def test_all_doors_together_send_a_mailbox_few_mails_and_lose_none(petition, street, do, clock):
    """Ninety mails in 110 seconds it was."""
    for number, address in enumerate(STRANGERS):
        spelling = f"Daryna+{number}@example.org"
        ask(petition, address, email=spelling)
        assert follow(street, address, spelling) == 200
        if number < 10:
            assert press(address) == 302
            appeals.file(by=AnonymousUser(), **{**_APPEAL, "email": EMAIL})
    do()
    assert len(mail.outbox) <= budget.BURST.most + 8 + 1
    went = len(mail.outbox)

    clock.advance(hours=1, seconds=1)
    assert budget.send_due() == 1
    (folded,) = mail.outbox[went:]
    assert petition.title in folded.body and "вулиця Садова" in folded.body
    assert folded.body.count("\n-- \n") == 1
    assert budget.send_due() == 0


def test_an_earlier_link_goes_on_working_while_later_ones_wait(petition, do):
    first = ask(petition)
    do()
    spend_all()
    ask(petition)
    do()
    assert len(mail.outbox) == 1 and HeldMail.objects.count() == 1
    link = reverse("petitions:confirm", args=[petition.pk, first.pk, tokens.link_of(first)])
    assert link in mail.outbox[0].body
    Client().post(link)
    assert Signature.objects.count() == 1


def test_a_network_that_has_not_asked_is_served_once_a_day(petition, do, clock):
    spend_all()
    for address in ("192.0.2.1", "192.0.2.200", "2001:db8:1:1::1", "2001:db8:1:2::1"):
        ask(petition, address)
        do()
    assert len(mail.outbox) == 2
    clock.advance(hours=24, seconds=1)
    ask(petition, "192.0.2.200")
    do()
    assert len(mail.outbox) == 3


def test_what_one_asks_for_to_ones_own_address_does_not_wait_for_strangers(
    petition, bohdan, charlie, do
):
    spend_all(bohdan.email)
    budget.FIRST.spend(
        budget.limit_key(bohdan.email), budget.asker_of(bohdan.email, "203.0.113.0").key
    )
    for _ in range(budget.OWN.most):
        ask(petition, email=bohdan.email.upper(), by=bohdan)
    do()
    assert len(mail.outbox) == budget.OWN.most
    ask(petition, email=bohdan.email, by=bohdan)
    ask(petition, email=bohdan.email, by=charlie)
    do()
    assert len(mail.outbox) == budget.OWN.most


# --- what waits -----------------------------------------------------------------------------------


def test_of_one_thing_the_latest_waits(petition, street, do, clock):
    spend_all()
    asked = [ask(petition, UNKNOWN) for _ in range(3)]
    for _ in range(2):
        follow(street, UNKNOWN)
    do()
    assert not mail.outbox and HeldMail.objects.count() == 2
    assert Letter.objects.count() == 1, "what was replaced is not kept"
    clock.advance(hours=1, seconds=1)
    budget.send_due()
    (folded,) = mail.outbox
    assert [tokens.link_of(each) in folded.body for each in asked] == [False, False, True]
    assert not HeldMail.objects.exists() and not Letter.objects.exists()


def test_one_that_waits_alone_comes_as_it_is(petition, do, clock):
    spend_all()
    ask(petition, UNKNOWN)
    do()
    clock.advance(minutes=59)
    assert budget.send_due() == 0
    clock.advance(minutes=1, seconds=1)
    assert budget.send_due() == 1
    assert mail.outbox[0].subject == f"Підтвердьте свій підпис: {petition.title}"


def test_what_is_confirmed_meanwhile_is_not_asked_for_once_more(petition, do, clock):
    asked = ask(petition)
    spend_all()
    ask(petition, UNKNOWN)
    signing.confirm(asked)
    do()
    clock.advance(hours=1, seconds=1)
    assert budget.send_due() == 0
    assert not mail.outbox and not HeldMail.objects.exists()


def test_whoever_gets_the_mail_of_the_hour_gets_what_waits_with_it(petition, street, do, clock):
    spend_all()
    ask(petition, UNKNOWN)
    do()
    clock.advance(hours=1, seconds=1)
    follow(street, UNKNOWN)
    do()
    (folded,) = mail.outbox
    assert petition.title in folded.body and "вулиця Садова" in folded.body
    assert budget.send_due() == 0


def test_nobody_at_a_domain_that_looks_alike_is_sent_anothers_link(petition, do, clock):
    """They share the budget, as they share the signature, but no mail."""
    mine, alike = "daryna@gmail.com", "daryna@gmаil.com"  # with a Cyrillic «а»
    other = petitions.petition(petition.author)
    spend_all(mine)
    first = ask(petition, UNKNOWN, email=mine)
    second = ask(other, UNKNOWN, email=alike)
    do()
    assert not mail.outbox
    clock.advance(hours=1, seconds=1)
    budget.send_due()
    bodies = {each.to[0]: each.body for each in mail.outbox}
    assert set(bodies) == {mine, second.email} and second.email != mine
    assert tokens.link_of(second) not in bodies[mine]
    assert tokens.link_of(first) not in bodies[second.email]


def test_what_the_mail_server_does_not_take_waits_and_others_go_on(
    petition, do, clock, monkeypatch
):
    for email in (EMAIL, "bohdan@example.org"):
        spend_all(email)
        ask(petition, UNKNOWN, email=email)
    do()
    clock.advance(hours=1, seconds=1)
    given = []

    def send_messages(_backend, messages):
        given.append(messages[0].to)
        if len(given) == 1:
            raise SMTPServerDisconnected("gone")
        return len(messages)

    monkeypatch.setattr(
        "django.core.mail.backends.locmem.EmailBackend.send_messages", send_messages
    )
    with pytest.raises(SMTPServerDisconnected):
        budget.send_due()
    assert len(given) == 2 and HeldMail.objects.count() == 1
    clock.advance(minutes=5, seconds=1)
    assert budget.send_due() == 1
    assert given[0] == given[2]


def test_a_thing_waits_once_for_a_mailbox():
    fields = {"kind": "member", "about": "x", "ids": {}, "due_at": the_clock.now()}
    HeldMail.objects.create(mailbox=b"1", **fields)
    HeldMail.objects.create(mailbox=b"2", **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        HeldMail.objects.create(mailbox=b"1", **fields)


def test_more_than_one_mail_holds_waits_for_the_next(petition, clock, monkeypatch):
    monkeypatch.setattr(budget, "MOST", 2)
    spend_all()
    for number in range(3):
        made = petitions.petition(petition.author)
        asked = ask(made, UNKNOWN, name=f"Дарина Січова{'а' * number}")
        budget.send("signature", {"pending_id": asked.pk})
    for left in (1, 0):
        clock.advance(hours=1, seconds=1)
        assert budget.send_due() == 1
        assert HeldMail.objects.count() == left


# --- news -----------------------------------------------------------------------------------------


def test_news_beyond_the_budget_come_together_once(department, ofi, do, clock):
    mine = follower(EMAIL)
    told = []
    for _ in range(budget.BURST.most + 3):
        consultation = factories.consultation(department)
        follower(EMAIL, consultation)
        life_actions.withdraw(consultation, by=ofi, reason="Проєкт відкликано.")
        told.append(consultation.title)
    for activity in Activity.objects.order_by("pk"):
        tell_followers(activity.pk)
    do()
    assert len(mail.outbox) == budget.BURST.most + 1
    assert HeldMail.objects.count() == 2
    assert Sent.objects.filter(follower=mine).count() == budget.BURST.most + 1
    clock.advance(hours=1, seconds=1)
    assert budget.send_due() == 1
    folded = mail.outbox[-1]
    assert len(re.findall("консультацію відкликано", folded.body)) >= 2
    assert Sent.objects.filter(follower=mine).count() == budget.BURST.most + 3
    for job in ProcrastinateJob.objects.filter(task_name="notifications.jobs.send_to_member"):
        send_to_member(**job.args)
    clock.advance(hours=1, seconds=1)
    assert budget.send_due() == 0, "nobody is told twice"


def test_whoever_stops_meanwhile_is_not_told(consultation, ofi, do, clock):
    mine = follower(EMAIL, consultation)
    life_actions.withdraw(consultation, by=ofi, reason="Проєкт відкликано.")
    spend_all()
    tell_followers(Activity.objects.get().pk)
    do()
    assert HeldMail.objects.count() == 1
    actions.stop(mine)
    clock.advance(hours=1, seconds=1)
    assert budget.send_due() == 0 and not mail.outbox


# --- what is not counted, and what is kept --------------------------------------------------------


def test_codes_to_sign_in_wait_for_no_budget(bohdan, petition, do):
    spend_all(bohdan.email)
    ask(petition, UNKNOWN, email=bohdan.email)
    client = Client(REMOTE_ADDR=STRANGERS[0])
    client.post("/account/login/code/", {"email": bohdan.email})
    client.post("/account/password/reset/", {"email": bohdan.email})
    do()
    assert [each.to for each in mail.outbox] == [[bohdan.email]] * 2
    assert all(re.search(r"^\d{4}-\d{4}$", each.body, re.MULTILINE) for each in mail.outbox)


def test_neither_address_nor_network_stands_in_a_job_or_in_what_waits(petition, street, do):
    spend_all()
    ask(petition, STRANGERS[0])
    follow(street, STRANGERS[0])
    press(STRANGERS[0])
    follow(street, UNKNOWN)
    do()
    kept = f"{list(ProcrastinateJob.objects.values_list('args'))}{list(HeldMail.objects.values())}"
    assert HeldMail.objects.exists()
    assert not re.search(r"daryna|198\.51", kept, re.IGNORECASE)


def test_one_reads_what_waits_for_ones_own_mailbox(petition, bohdan, do):
    spend_all(bohdan.email)
    ask(petition, UNKNOWN, email=bohdan.email)
    ask(petition, UNKNOWN, email="someone@example.org")
    do()
    assert _held_mails_of(bohdan).count() == HeldMail.objects.count() == 1
