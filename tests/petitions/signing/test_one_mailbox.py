"""One mailbox signs once and gets few mails, however its address is spelled."""

from __future__ import annotations

import importlib

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.urls import reverse

from accounts.models import User
from notifications.sending import budget
from petitions.defence import suspicions
from petitions.models import Pending, Signature
from petitions.signing import actions, queries, tokens
from petitions.signing.mailbox import domain_of, is_one, key_of, limit_key, undelivered_key_of
from tests.core.test_email_addresses import DROPPED
from tests.petitions import factories

PLAIN = "sasha@gmail.com"
SIGNS = ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\xad", "️", "͏", "᠋", "︀"]
SPELLINGS = [
    PLAIN,
    *(f"sasha@gm{sign}ail.com" for sign in SIGNS),
    "sasha@gmail。com",
    "sasha@ｇmail.com",
]


@pytest.fixture
def petition(olena):
    return factories.petition(olena)


def test_a_mailbox_has_one_key_and_one_limit_in_whatever_place():
    key, limit = key_of(1, PLAIN), limit_key(PLAIN)
    for sign in DROPPED:
        for place in range(len("sasha@"), len(PLAIN) + 1):
            spelled = PLAIN[:place] + sign + PLAIN[place:]
            assert (key_of(1, spelled), limit_key(spelled)) == (key, limit)
            assert domain_of(spelled) == "gmail.com"
            assert is_one(spelled, PLAIN)
            assert undelivered_key_of(1, spelled) not in (None, key)
    assert undelivered_key_of(1, PLAIN) is None
    assert undelivered_key_of(1, "info@ПОШТА.укр") is None


@pytest.mark.django_db
def test_thirteen_spellings_asked_by_the_page_are_one_signature(petition, client, run_jobs):
    assert len({*SPELLINGS}) == 13
    form = reverse("petitions:sign_by_mail", args=[petition.pk])
    answers = []
    for number, email in enumerate(SPELLINGS):
        written = {"name": "Саша Січова", "email": email}
        answers.append(client.post(form, written, REMOTE_ADDR=f"198.51.{number}.7").status_code)
    run_jobs()
    assert set(answers) == {302}
    assert {to for each in mail.outbox for to in each.to} == {PLAIN}
    for asked in list(Pending.objects.order_by("pk")):
        link = reverse("petitions:confirm", args=[petition.pk, asked.pk, tokens.link_of(asked)])
        client.post(link)
    signature = Signature.objects.get(petition=petition)
    assert signature.status == Signature.Status.COUNTED
    assert (signature.email, signature.domain) == (PLAIN, "gmail.com")


@pytest.mark.django_db
def test_mails_to_a_mailbox_are_counted_over_all_spellings(petition, client, run_jobs):
    form = reverse("petitions:sign_by_mail", args=[petition.pk])
    written = [{"name": "Саша Січова", "email": each} for each in SPELLINGS]
    assert {client.post(form, each).status_code for each in written} == {302}
    run_jobs()
    assert len(mail.outbox) == budget.BURST.most + 1  # the mail of the hour


@pytest.mark.django_db
@pytest.mark.parametrize("sign", ["\u2063", "\u3164", "\u061c", "\u2062"])
def test_what_no_mail_can_be_sent_to_is_refused_in_the_form(petition, client, sign, run_jobs):
    form = reverse("petitions:sign_by_mail", args=[petition.pk])
    page = client.post(form, {"name": "Саша Січова", "email": f"sasha@gm{sign}ail.com"})
    assert [each.code for each in page.context["form"].errors.as_data()["email"]] == [
        "email.undeliverable"
    ]
    assert run_jobs() == []


@pytest.mark.django_db
def test_a_job_of_before_ends_without_a_mail(petition, run_jobs):
    """Stored before it was checked: nothing can be sent, and nothing fails."""
    actions.ask(
        petition,
        name="Саша Січова",
        email="sasha@gm\u2063ail.com",
        address="203.0.113.7",
        language="uk",
    )
    assert run_jobs()
    assert mail.outbox == []


@pytest.mark.django_db
def test_every_mark_counts_by_the_domain_that_gets_the_mail(petition, bohdan, monkeypatch):
    limits = {name: (0, per) for name, (_most, per) in suspicions.SIGNING_LIMITS.items()}
    limits |= {"domain": (1, limits["domain"][1])}
    monkeypatch.setattr(suspicions, "SIGNING_LIMITS", limits)

    for number, domain in enumerate(("firm.example", "fi\u200brm.example", "firm。example")):
        asked = actions.ask(
            petition,
            name="Саша Січова",
            email=f"sasha{number}@{domain}",
            address="203.0.113.7",
            language="uk",
        )
    assert asked.suspicion == "domain"


# --- Keys made before -----------------------------------------------------------------------------

ODD, ODDER = "sasha@gm\u200bail.com", "sasha@gmai\u00adl.com"


def signed_before(petition, email: str, **fields) -> Signature:
    """As it was stored under the former rule."""
    mailbox = undelivered_key_of(petition.pk, email) or key_of(petition.pk, email)
    domain = email.rpartition("@")[2]
    kept = {"mailbox": mailbox, "email": email, "domain": domain}
    return Signature.objects.create(petition=petition, **kept | fields)


def make_keys() -> None:
    name = "petitions.migrations.0011_keys_of_delivered_emails"
    importlib.import_module(name).make_keys(apps, None)


def odd_account(name: str, email: str) -> User:
    user = User.objects.create_user(f"{name}@viche.example", given_name="Саша", family_name="Січ")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        trigger = "TRIGGER accounts_user_delivered_email"
        cursor.execute(f"ALTER TABLE accounts_user DISABLE {trigger}")
        cursor.execute(
            "UPDATE accounts_user SET email = %s, delivered_email = NULL WHERE id = %s",
            [email, user.pk],
        )
        cursor.execute(f"ALTER TABLE accounts_user ENABLE {trigger}")
    user.refresh_from_db()
    return user


@pytest.mark.django_db
def test_what_was_signed_before_is_found_as_the_same_mailbox(petition, refused, client):
    before = signed_before(petition, ODD, name="Саша Січова")
    waiting = Pending.objects.create(
        petition=petition,
        name="Саша Січова",
        email=ODDER,
        mailbox=undelivered_key_of(petition.pk, ODDER),
        language="uk",
        expires_at="2099-01-01T00:00Z",
    )
    make_keys()
    before.refresh_from_db(), waiting.refresh_from_db()
    assert bytes(before.mailbox) == bytes(waiting.mailbox) == key_of(petition.pk, PLAIN)
    assert before.domain == "gmail.com"
    with refused("petition.signed_already"):
        actions.confirm(waiting)
    sasha = User.objects.create_user(PLAIN, given_name="Саша", family_name="Січ")
    assert queries.own_signature(petition.pk, sasha) == before
    with refused("petition.signed_already"):
        actions.sign(petition, by=sasha, address="203.0.113.7")


@pytest.mark.django_db
def test_accounts_of_one_mailbox_sign_once_from_now_on(petition, refused):
    one, other = odd_account("one", ODD), odd_account("other", ODDER)
    actions.sign(petition, by=one, address="203.0.113.7")
    with refused("petition.signed_already"):
        actions.sign(petition, by=other, address="203.0.113.7")


@pytest.mark.django_db
def test_a_row_that_finds_its_key_taken_is_still_its_signers(petition, olena):
    signed_before(petition, PLAIN, name="Саша Січова")
    sasha = odd_account("sasha", ODD)
    by_mail = signed_before(petition, ODD, name="Саша Січова")
    make_keys()
    assert by_mail in queries.signed_by(sasha)
    assert queries.is_of(by_mail, sasha)
