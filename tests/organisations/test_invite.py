"""Inviting by e-mail: a link that works once, for that address, and tells nobody who has one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from core.domain import clock as database_clock
from notifications.mails.invitations import send_invitation
from organisations.events import InvitationSent, InvitationWithdrawn, MandateGranted
from organisations.mandates import actions as people_actions
from organisations.mandates import actions_invitations as actions
from organisations.mandates import queries
from organisations.mandates.tokens import token_of
from organisations.models import Invitation, Mandate
from organisations.registering import actions as registering_actions
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation(company, head, olena, firm) -> Invitation:
    """Firm is asked to speak for the company."""
    return actions.invite(company, by=olena, email=firm.email, scopes=["comment"])


def link(invitation: Invitation) -> str:
    return reverse("organisations:invitation", args=[invitation.pk, token_of(invitation)])


def test_asks_and_agrees(company, head, olena, firm, emitted):
    invitation = actions.invite(company, by=olena, email="Firm@Viche.example", scopes=["comment"])
    assert (invitation.email, invitation.scopes) == (firm.email, ["comment"])
    mandate = actions.accept(invitation, by=firm)
    assert (mandate.user, mandate.granted_by, mandate.is_head) == (firm, olena, False)
    assert queries.mandate_of(firm, company.pk, "comment") == mandate
    assert queries.mandate_of(firm, company.pk, "vote") is None
    assert emitted == [
        InvitationSent(company.pk, olena.pk, invitation.pk),
        MandateGranted(mandate.pk, company.pk, firm.pk, olena.pk),
    ]


def test_only_heads_invite(company, colleague, firm, ofi, charlie, refused):
    for person in (firm, ofi, charlie):
        with refused("mandate.heads_only"):
            actions.invite(company, by=person, email="a@viche.example")


def test_an_officer_names_a_head_where_there_is_none(company, ofi, mo, refused):
    with refused("mandate.heads_only"):
        actions.invite(company, by=mo, email="a@viche.example", is_head=True)
    with refused("mandate.heads_only"):
        actions.invite(company, by=ofi, email="a@viche.example")
    Mandate.objects.update(revoked_at=database_clock.now())
    invitation = actions.invite(company, by=ofi, email="firm@viche.example", is_head=True)
    firm = factories.user("firm")
    assert actions.accept(invitation, by=firm).is_head


def test_not_before_it_is_confirmed_nor_after_it_is_closed(claim, company, olena, refused):
    with refused("organisation.not_confirmed"):
        actions.invite(claim, by=olena, email="a@viche.example")
    registering_actions.close(company, by=olena)
    with refused("organisation.closed"):
        actions.invite(company, by=olena, email="a@viche.example")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"scopes": []}, "mandate.scope_missing"),
        ({"scopes": ["rule"]}, "mandate.scope_missing"),
        ({"is_head": True, "ends_at": timedelta(days=1)}, "mandate.head_has_no_end"),
        ({"ends_at": timedelta(0)}, "mandate.ends_too_early"),
    ],
)
def test_not_for_nothing(company, head, olena, refused, fields, code):
    if "ends_at" in fields:
        fields = {**fields, "ends_at": database_clock.now() + fields["ends_at"]}
    with refused(code):
        actions.invite(company, by=olena, email="a@viche.example", **fields)


def test_one_invitation_of_an_address_at_a_time(company, invitation, olena, firm, clock, refused):
    with refused("invitation.sent_already"):
        actions.invite(company, by=olena, email=firm.email)
    clock.advance(days=15)
    again = actions.invite(company, by=olena, email=firm.email)
    assert again.pk != invitation.pk


def test_works_once(invitation, firm, refused):
    actions.accept(invitation, by=firm)
    with refused("invitation.used"):
        actions.accept(invitation, by=firm)


def test_works_for_that_address_alone(invitation, charlie, refused):
    with refused("invitation.other_address"):
        actions.accept(invitation, by=charlie)


def test_works_for_fourteen_days(invitation, firm, clock, refused):
    clock.advance(days=14)
    with refused("invitation.expired"):
        actions.accept(invitation, by=firm)


def test_taken_back_it_works_no_more(invitation, company, olena, firm, emitted, refused):
    with refused("mandate.heads_only"):
        actions.withdraw_invitation(invitation, by=firm)
    actions.withdraw_invitation(invitation, by=olena)
    assert emitted == [InvitationWithdrawn(company.pk, olena.pk, invitation.pk)]
    for act in (actions.accept, actions.withdraw_invitation):
        with refused("invitation.withdrawn"):
            act(invitation, by=firm if act is actions.accept else olena)


def test_works_no_more_when_whoever_invited_is_no_head(company, invitation, head, firm, refused):
    other = factories.mandate(factories.user("other"), company, is_head=True)
    people_actions.revoke(head, by=other.user)
    with refused("invitation.withdrawn"):
        actions.accept(invitation, by=firm)


def test_who_has_a_mandate_gets_no_second(company, head, colleague, olena, firm, refused):
    invitation = actions.invite(company, by=olena, email=firm.email)
    with refused("mandate.held_already"):
        actions.accept(invitation, by=firm)


def test_a_mandate_whose_date_has_passed_gives_way(company, head, olena, firm, clock):
    tomorrow = database_clock.now() + timedelta(days=1)
    old = factories.mandate(firm, company, scopes=["comment"], ends_at=tomorrow)
    clock.advance(days=2)
    invitation = actions.invite(company, by=olena, email=firm.email, scopes=["vote"])
    assert actions.accept(invitation, by=firm).scopes == ["vote"]
    old.refresh_from_db()
    assert (old.revoked_at, old.revoked_by) == (tomorrow, None)


def test_budget(company, invitation, olena, firm, django_assert_max_num_queries):
    with django_assert_max_num_queries(13):
        actions.invite(company, by=olena, email="a@viche.example")
    with django_assert_max_num_queries(16):
        actions.accept(invitation, by=firm)


# --- the link and its page ----------------------------------------------------------------------


def test_the_mail_has_the_link_and_goes_to_known_and_unknown_addresses_alike(company, head, olena):
    texts = []
    for email in (olena.email, "nobody-here@viche.example"):
        invitation = actions.invite(company, by=olena, email=email, scopes=["comment"])
        assert send_invitation(invitation.pk)
        sent = mail.outbox[-1]
        assert sent.to == [email]
        assert link(invitation) in sent.body
        texts.append(sent.body.replace(link(invitation), ""))
    assert texts[0] == texts[1]


def test_no_mail_goes_when_it_was_taken_back(invitation, olena):
    actions.withdraw_invitation(invitation, by=olena)
    assert not send_invitation(invitation.pk)
    assert mail.outbox == []


def test_looking_changes_nothing(client, invitation, firm):
    """Programs follow the links in mails, also where somebody is signed in."""
    for person in (None, firm):
        if person:
            client.force_login(person)
        for _each in range(2):
            page = client.get(link(invitation))
            assert page.status_code == 200
            assert "ТОВ «Тераса»" in page.text
    assert client.head(link(invitation)).status_code == 405
    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    assert not Mandate.objects.filter(user=firm).exists()


def test_the_page_says_no_word_of_the_address(client, invitation, firm):
    assert firm.email not in client.get(link(invitation)).text


def test_the_button_accepts(client, invitation, firm):
    client.force_login(firm)
    assert client.post(link(invitation))["Location"] == invitation.organisation.get_absolute_url()
    assert Mandate.objects.filter(user=firm).exists()
    again = client.post(link(invitation))
    assert again.status_code == 422


def test_who_is_not_signed_in_is_led_there_and_back(client, invitation):
    page = client.get(link(invitation)).text
    for route in ("account_login", "account_signup"):
        assert f"{reverse(route)}?next={link(invitation)}" in page
    assert client.post(link(invitation)).status_code == 422
    assert not Invitation.objects.filter(accepted_at__isnull=False).exists()


def test_a_guessed_link_leads_nowhere(client, invitation):
    other = reverse("organisations:invitation", args=[invitation.pk, "0" * 64])
    missing = reverse("organisations:invitation", args=[10**9, "0" * 64])
    assert client.get(other).status_code == client.get(missing).status_code == 404


def test_a_token_is_of_one_invitation(company, invitation, olena):
    other = actions.invite(company, by=olena, email="a@viche.example")
    mixed = reverse("organisations:invitation", args=[other.pk, token_of(invitation)])
    assert token_of(other) != token_of(invitation)
    assert invitation.nonce not in link(invitation)
    assert mixed != link(other)


def test_on_the_heads_page(client, company, head, olena):
    client.force_login(olena)
    address = reverse("organisations:invite", args=[company.pk])
    assert client.get(address).status_code == 200
    wrong = client.post(address, {"email": "не адреса", "scopes": ["comment"]})
    assert wrong.status_code == 422 and "не адреса" in wrong.text
    far = client.post(
        address, {"email": "a@viche.example", "scopes": ["all"], "until": "9999-12-31"}
    )
    assert far.status_code == 422
    data = {"email": "a@viche.example", "scopes": ["comment", "vote"], "until": "2099-12-31"}
    assert client.post(address, data).status_code == 302
    made = Invitation.objects.get()
    assert made.last_day.isoformat() == "2099-12-31"
    page = client.get(company.get_absolute_url()).text
    assert "a@viche.example" in page
    withdraw = reverse("organisations:withdraw", args=[company.pk, made.pk])
    assert client.post(withdraw).status_code == 302
    assert client.post(withdraw).status_code == 403
