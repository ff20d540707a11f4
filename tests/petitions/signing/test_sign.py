"""Signing by an account: once a person, while signatures are collected, without an event."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Residence
from city.models import District
from petitions.defence import suspicions
from petitions.models import Petition, Procedure, Signature, State
from petitions.signing import actions, rules
from petitions.signing.mailbox import key_of
from petitions.signing.tokens import mails_path
from tests import factories as people
from tests.petitions import factories

pytestmark = pytest.mark.django_db

ADDRESS = "203.0.113.7"


@pytest.fixture
def petition(olena):
    return factories.petition(olena)


def sign(petition, by, **chosen):
    return actions.sign(petition, by=by, address=ADDRESS, **chosen)


def test_a_signature(petition, bohdan, emitted):
    made = sign(petition, bohdan, name_withheld=True, wants_news=False)
    kept = Signature.objects.get()
    assert kept == made
    assert (kept.petition, kept.user, kept.status) == (petition, bohdan, Signature.Status.COUNTED)
    assert (kept.name_withheld, kept.wants_news) == (True, False)
    assert bytes(kept.mailbox) == key_of(petition.pk, bohdan.email)
    assert (kept.name, kept.email) == ("", "")  # her account has them
    assert (kept.network, kept.domain, kept.suspicion) == ("203.0.113.0", "viche.example", "")
    assert kept.at == made.at
    assert emitted == []


def test_what_is_returned_is_what_is_kept(petition, bohdan):
    made, kept = sign(petition, bohdan), Signature.objects.get()
    for field in Signature._meta.concrete_fields:
        mine, its = getattr(made, field.attname), getattr(kept, field.attname)
        assert (bytes(mine), bytes(its)) if field.name == "mailbox" else mine == its, field.name


def test_the_author_may_sign_her_own(petition, olena):
    assert sign(petition, olena).status == Signature.Status.COUNTED


def test_a_person_without_e_mail_signs_too(petition):
    paper = people.user("x", phone="+380441234567")
    paper.email = None
    paper.save()
    sign(petition, paper)
    assert Signature.objects.get().mailbox is None
    other = people.user("y", phone="+380441234568")
    other.email = None
    other.save()
    sign(petition, other)
    assert Signature.objects.count() == 2


def test_once_a_person(petition, bohdan, refused):
    sign(petition, bohdan)
    with refused("petition.signed_already"):
        sign(petition, bohdan)
    assert Signature.objects.count() == 1


def test_once_a_mailbox(petition, bohdan, refused):
    factories.signatures(petition, 1, mailbox=key_of(petition.pk, "BOHDAN+x@viche.example"))
    with refused("petition.signed_already"):
        sign(petition, bohdan)


def test_another_petition_is_another_matter(petition, olena, bohdan):
    sign(petition, bohdan)
    sign(factories.petition(olena), bohdan)
    assert Signature.objects.count() == 2


def test_the_database_holds_it_without_the_action(petition, bohdan):
    sign(petition, bohdan)
    for double in ({"user": bohdan}, {"mailbox": key_of(petition.pk, bohdan.email)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Signature.objects.create(petition=petition, **double)


def test_not_in_place_of_a_removed_one(petition, bohdan, mo, refused):
    removed = sign(petition, bohdan)
    factories.removed([removed], by=mo)
    with refused("petition.signature_removed"):
        sign(petition, bohdan)


@pytest.mark.parametrize("state", State.values)
def test_the_statement_decides_as_the_rule_does(olena, bohdan, clock, refused, state):
    petition = factories.petition(olena, state)
    if rules.be_open(petition, now=petition.created_at):
        sign(petition, bohdan)
        assert state in (State.COLLECTING, State.REACHED)
    else:
        with refused("petition.not_open"):
            sign(petition, bohdan)


def test_the_last_moment_counts_and_the_next_does_not(petition, bohdan, olena, clock, refused):
    clock.set(petition.closes_at - timedelta(seconds=30))
    sign(petition, bohdan)
    clock.set(petition.closes_at)
    with refused("petition.not_open"):
        sign(petition, olena)


def test_a_petition_that_is_not_there(petition, bohdan):
    petition.pk = 2**40
    with pytest.raises(Petition.DoesNotExist):
        sign(petition, bohdan)


def test_a_suspended_person_does_not_sign(petition, bohdan, refused):
    bohdan.is_active = False
    with refused("account.suspended"):
        sign(petition, bohdan)


def test_nobody_does_not_sign(petition, refused):
    with refused("account.sign_in"):
        sign(petition, AnonymousUser())


def test_residents_where_the_rules_say_so(olena, bohdan, refused):
    asked = factories.procedure(signers=Procedure.Signers.RESIDENTS)
    petition = factories.petition(olena, procedure=asked)
    with refused("eligibility.residence"):
        sign(petition, bohdan)
    district = District.objects.create(name="Північний", slug="north")
    Residence.objects.create(user=bohdan, district=district)
    sign(petition, bohdan)


def test_names_are_withheld_only_where_the_rules_let(olena, bohdan, refused):
    shown = factories.procedure(names_may_be_withheld=False)
    petition = factories.petition(olena, procedure=shown)
    with refused("petition.names_are_public"):
        sign(petition, bohdan, name_withheld=True)
    assert not sign(petition, bohdan).name_withheld


def test_over_a_limit_it_waits_for_a_check(petition, bohdan, monkeypatch):
    limits = {"address": (0, timedelta(days=1)), "network": (1, timedelta(days=1))}
    monkeypatch.setattr(suspicions, "SIGNING_LIMITS", limits)
    sign(petition, people.user("first"))
    made = sign(petition, bohdan)
    assert (made.status, made.suspicion) == (Signature.Status.CHECKING, "network")


def test_it_costs_a_limit_and_one_statement(petition, olena, bohdan, django_assert_num_queries):
    sign(petition, olena)  # from then on the process knows for a moment which ones are guarded
    with django_assert_num_queries(2):
        sign(petition, bohdan)


# --- Pages ----------------------------------------------------------------------------------------


def address(name: str, petition: Petition) -> str:
    return reverse(f"petitions:{name}", args=[petition.pk])


def test_by_the_page_without_javascript(client, petition, bohdan, settings):
    client.force_login(bohdan)
    page = client.get(address("sign", petition))
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "private, no-store"
    answer = client.post(address("sign", petition), {"name_withheld": "on"})
    assert (answer.status_code, answer.url) == (302, address("signed", petition))
    made = Signature.objects.get()
    assert (made.user, made.name_withheld, made.wants_news) == (bohdan, True, False)
    thanks = client.get(answer.url)
    assert thanks.status_code == 200
    assert address("unsign", petition) in thanks.text
    # Whoever has signed can pass it on, and ask for mails that they did not ask for yet.
    link = quote(settings.SITE_URL + petition.get_absolute_url(), safe="")
    for way in ("https://t.me/share/url?url=", "https://www.facebook.com/sharer/sharer.php?u="):
        assert f"{way}{link}" in thanks.text
    assert f"viber://forward?text={quote(petition.title)}%20{link}" in thanks.text
    mails = client.get(mails_path(made))
    assert "again" in mails.text
    client.post(mails_path(made), {"again": 1})
    made.refresh_from_db()
    assert made.wants_news


def test_a_request_to_sign_is_within_its_budget(
    client, petition, bohdan, django_assert_max_num_queries
):
    client.force_login(bohdan)
    client.get(address("sign", petition))
    with django_assert_max_num_queries(7):
        assert client.post(address("sign", petition), {}).status_code == 302


def test_a_second_time_the_page_says_so(client, petition, bohdan):
    client.force_login(bohdan)
    client.post(address("sign", petition), {})
    again = client.post(address("sign", petition), {})
    assert again.status_code == 403
    assert address("signed", petition) in again.text
    assert Signature.objects.count() == 1


def test_what_somebody_lacks_is_told_with_the_way_to_it(client, olena, bohdan):
    asked = factories.procedure(signers=Procedure.Signers.RESIDENTS)
    petition = factories.petition(olena, procedure=asked)
    client.force_login(bohdan)
    page = client.get(address("sign", petition))
    assert reverse("residence:mine") in page.text
    assert client.post(address("sign", petition), {}).status_code == 403
    assert not Signature.objects.exists()


def test_who_is_not_signed_in_is_shown_two_ways(client, petition):
    page = client.get(address("sign", petition))
    assert reverse("account_login") in page.text
    assert address("sign_by_mail", petition) in page.text
    assert client.post(address("sign", petition), {}).status_code == 403
    assert not Signature.objects.exists()


def test_a_closed_one_says_that_it_is(client, olena, bohdan):
    petition = factories.petition(olena, State.NOT_REACHED)
    client.force_login(bohdan)
    assert '<button class="govuk-button"' not in client.get(address("sign", petition)).text


def test_what_is_not_published_is_not_there(client, olena, bohdan):
    draft = factories.petition(olena, State.DRAFT)
    client.force_login(bohdan)
    for name in ("sign", "signed", "unsign", "sign_by_mail", "signers"):
        assert client.get(address(name, draft)).status_code == 404, name


def test_what_was_just_signed_is_drawn_once(client, clock, petition, bohdan):
    made = sign(petition, bohdan)
    client.force_login(bohdan)
    address = reverse("petitions:signed", args=[petition.pk])
    assert 'class="spot' in client.get(address).text
    clock.set(made.at + timedelta(minutes=2))
    assert 'class="spot' not in client.get(address).text
