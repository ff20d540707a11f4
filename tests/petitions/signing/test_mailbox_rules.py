"""What providers say of their addresses: brought together with a source, marked without one, and
nobody signs twice across a change of the rules."""

from __future__ import annotations

import importlib
import tomllib
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as project
from django.urls import reverse
from django.utils import translation

from accounts.models import Level, User
from petitions.defence import actions as defence
from petitions.defence.mailboxes import hold_back_repeated
from petitions.defence.signature_filter import SignatureFilter
from petitions.defence.suspicions import find_suspicion
from petitions.ledger.queries import uncertain_of
from petitions.models import Pending, Signature
from petitions.signing import actions, queries
from petitions.signing.mailbox import (
    canonical,
    former_keys_of,
    is_one,
    key_of,
    limit_key,
    uncertainty,
)
from tests.petitions import factories

Status = Signature.Status

PROTON = ["olena.k", "olena-k", "olena_k", "o.l-e_nak", "OlenaK", "olenak+x"]
RULES = tomllib.loads(Path(project.MAILBOX_RULES_FILE).read_text("utf-8"))


@pytest.mark.parametrize(
    ("spellings", "mailbox"),
    [
        ([f"{name}@proton.me" for name in PROTON], "olenak@proton.me"),
        (
            [
                f"{name}@{domain}"
                for name in PROTON
                for domain in ("pm.me", "protonmail.com", "protonmail.ch")
            ],
            "olenak@proton.me",
        ),
        (
            [
                "any@olenak.fastmail.com",
                "b.c@olenak.fastmail.com",
                "petition+1@OLENAK.FASTMAIL.COM",
                "olenak+y@fastmail.com",
                "deep@er.olenak.fastmail.com",
                "any@оlenak.fastmail.com",  # a Cyrillic «о»
            ],
            "olenak@fastmail.com",
        ),
        (["x@olenak.fastmail.co.uk"], "olenak@fastmail.co.uk"),
        (["x@olenak.sent.com"], "olenak@sent.com"),
    ],
)
def test_what_a_provider_says_is_one_mailbox_is_one(spellings, mailbox):
    assert {canonical(each) for each in spellings} == {mailbox}
    assert {key_of(1, each) for each in spellings} == {key_of(1, mailbox)}
    assert {limit_key(each) for each in spellings} == {limit_key(mailbox)}
    assert not any(uncertainty(each) for each in spellings)
    assert is_one(spellings[0], mailbox)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("olena-k@ukr.net", "olenak@ukr.net"),
        ("olena_k@gmail.com", "olenak@gmail.com"),
        ("olena-x@yahoo.com", "olena@yahoo.com"),
        ("x@olenak.ukr.net", "olenak@ukr.net"),
        ("olenak@fastmail.com", "olenak@fastmail.fm"),
        ("x@olenak.fastmail.com.example", "olenak@fastmail.com"),
        ("olenak@notfastmail.com", "olenak@fastmail.com"),
        ("a@duck.com", "b@duck.com"),
    ],
)
def test_what_no_provider_says_stays_two(one, other):
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize(
    ("email", "why"),
    [
        ("olena-x@yahoo.com", "alias"),
        ("Olena-Petition@YMAIL.com", "alias"),
        ("olena@yahoo.com", ""),
        ("olena-x@ukr.net", ""),
        ("x81@privaterelay.appleid.com", "relay"),
        ("x81@mozmail.com", "relay"),
        ("shop@olena.mozmail.com", "relay"),
        ("x81@duck.com", "relay"),
        ("x81@aleeas.com", "relay"),
        ("hello@johndoe.anonaddy.com", "relay"),
        ("x@PASSMAIL.NET", "relay"),
        ("olena@gmail.com", ""),
        ("olena@duck.com.ua", ""),
    ],
)
def test_what_cannot_be_told_is_said(email, why):
    assert uncertainty(email) == why


def test_each_rule_has_a_source_or_brings_nothing_together():
    kinds = {"same_as", "ignored", "tag", "subdomains"}
    for rule in RULES["rule"]:
        assert len(kinds & rule.keys()) == 1 and rule["domains"] and rule["edition"] >= 1
        if "source" in rule:
            assert rule["source"].startswith("https://") and isinstance(rule["read"], date)
        elif rule.get("stood_before"):
            assert rule["edition"] == 1
        elif "tag" in rule:
            email = f"olena{rule['tag']}x@{rule['domains'][0]}"
            assert uncertainty(email) == "alias" and canonical(email) == email
        else:
            pytest.fail(f"a rule without a source and without a test: {rule}")
    for relay in RULES["relay"]:
        assert ("source" in relay) == ("read" in relay)
        assert all(uncertainty(f"x@{domain}") == "relay" for domain in relay["domains"])


# --- Signing --------------------------------------------------------------------------------------


@pytest.fixture
def petition(olena):
    return factories.petition(olena)


def ask(petition, email, network=7) -> Pending:
    return actions.ask(
        petition,
        name="Олена Коваль",
        email=email,
        address=f"198.51.{network}.7",
        language="uk",
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "spellings",
    [
        [f"{name}@proton.me" for name in PROTON],
        [f"{name}@olenak.fastmail.com" for name in ("a", "b", "c", "d")],
    ],
)
def test_the_spellings_of_the_trial_are_one_signature(petition, spellings, refused):
    waiting = [ask(petition, email, number) for number, email in enumerate(spellings)]
    made = actions.confirm(waiting[0])
    assert (made.status, made.suspicion, made.mailbox_uncertain) == (Status.COUNTED, "", False)
    for asked in waiting[1:]:
        with refused("petition.link_expired"):
            actions.confirm(asked)
    with refused("petition.signed_already"):
        actions.confirm(ask(petition, spellings[-1], 99))
    assert Signature.objects.filter(petition=petition).count() == 1


@pytest.mark.django_db
def test_relays_and_aliases_sign_and_wait_and_the_ledger_says_so(petition, client, mo):
    for email, why in (("a1@duck.com", "relay"), ("olena-x@yahoo.com", "alias")):
        made = actions.confirm(ask(petition, email))
        assert (made.status, made.suspicion) == (Status.CHECKING, why)
    actions.confirm(ask(petition, "olena@ukr.net"))
    waiting = SignatureFilter(mark="relay", waiting=True)
    assert defence.count_waiting(petition, by=mo, signature_filter=waiting) == 1
    with translation.override("en"):
        page = client.get(reverse("petitions:ledger", args=[petition.pk])).content.decode()
    assert "1 of those that count, 1 of those that wait" in page
    one = Signature.objects.get(petition=petition, status=Status.COUNTED, mailbox_uncertain=True)
    actions.take_back(one, by=None)
    assert uncertain_of(petition) == (0, 1)


@pytest.mark.django_db
def test_a_ledger_without_such_signatures_says_nothing_of_them(petition, client):
    actions.confirm(ask(petition, "olena@ukr.net"))
    page = client.get(reverse("petitions:ledger", args=[petition.pk])).content.decode()
    assert 'id="uncertain"' not in page


@pytest.mark.django_db
def test_whose_identity_is_confirmed_is_not_marked_for_a_relay():
    told = find_suspicion(1, address="203.0.113.7", email="a1@duck.com", is_identified=True)
    assert (told.suspicion, told.mailbox_uncertain) == ("", False)
    assert Level.SUBSTANTIAL > Level.LOW


# --- Across a change of the rules -----------------------------------------------------------------


def signed_before(petition, email: str, **fields) -> Signature:
    """As it was stored under the first edition of the rules."""
    former = former_keys_of(petition.pk, email)
    mailbox = former[0] if former else key_of(petition.pk, email)
    kept = {"mailbox": mailbox, "email": email, "name": "Олена", "domain": email.partition("@")[2]}
    return Signature.objects.create(petition=petition, **kept | fields)


def upgrade() -> None:
    importlib.import_module("petitions.migrations.0026_keys_of_providers_rules").make_keys(
        apps, None
    )


@pytest.mark.django_db
def test_nobody_signs_twice_across_the_upgrade(petition, refused, bohdan):
    by_mail = signed_before(petition, "o-lena@proton.me")
    bohdan.email = "shop@bohdan.fastmail.com"
    bohdan.save()
    (former,) = former_keys_of(petition.pk, bohdan.email)
    signed_before(petition, "", user=bohdan, mailbox=former)
    relay = signed_before(petition, "a1@duck.com")
    waiting = Pending.objects.create(
        petition=petition,
        name="Олена",
        email="o_lena@pm.me",
        mailbox=former_keys_of(petition.pk, "o_lena@pm.me")[0],
        language="uk",
        expires_at="2099-01-01T00:00Z",
    )
    upgrade()
    relay.refresh_from_db(), waiting.refresh_from_db(), by_mail.refresh_from_db()
    assert (relay.status, relay.mailbox_uncertain) == (Status.COUNTED, True)
    assert bytes(by_mail.mailbox) == bytes(waiting.mailbox) == key_of(petition.pk, "olena@pm.me")
    for asked in (
        waiting,
        ask(petition, "olena@proton.me", 1),
        ask(petition, "o-lena@proton.me", 2),
        ask(petition, "bohdan@fastmail.com", 3),
        ask(petition, "news@bohdan.fastmail.com", 4),
    ):
        with refused("petition.signed_already"):
            actions.confirm(asked)
    olena = User.objects.create_user("olena@protonmail.ch", given_name="Олена", family_name="К")
    with refused("petition.signed_already"):
        actions.sign(petition, by=olena, address="203.0.113.7")
    assert queries.own_signature(petition.pk, olena) == by_mail


@pytest.mark.django_db
def test_a_key_whose_address_is_erased_is_still_found(petition, refused):
    """Nothing can make it anew: the former key is looked up beside the new one."""
    former = former_keys_of(petition.pk, "o-lena@proton.me")[0]
    left = signed_before(petition, "", mailbox=former, name="")
    upgrade()
    asked = ask(petition, "o-lena@proton.me")
    assert queries.signature_of(asked) == left
    with refused("petition.signed_already"):
        actions.confirm(asked)
    sasha = User.objects.create_user("o-lena@proton.me", given_name="Саша", family_name="Січ")
    with refused("petition.signed_already"):
        actions.sign(petition, by=sasha, address="203.0.113.7")
    assert queries.is_of(left, sasha)
    actions.confirm(ask(petition, "other@proton.me"))


@pytest.mark.django_db
def test_who_had_signed_twice_is_held_back_once(petition, mo):
    rows = [
        signed_before(petition, email)
        for email in ("o-lena@proton.me", "o_lena@proton.me", "olena@proton.me")
    ]
    upgrade()
    found = hold_back_repeated()
    assert (found.held, found.petitions) == (2, 1)
    statuses = list(Signature.objects.order_by("pk").values_list("status", flat=True))
    assert statuses == [Status.COUNTED, Status.CHECKING, Status.CHECKING]
    waiting = SignatureFilter(mark="mailbox", waiting=True)
    assert defence.count_waiting(petition, by=mo, signature_filter=waiting) == 2
    assert hold_back_repeated().held == 0
    assert Signature.objects.filter(pk__in=[row.pk for row in rows], status=1).count() == 3
