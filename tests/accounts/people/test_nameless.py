"""What an account without a name may not do yet, and where it gets its name."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.urls import URLPattern, get_resolver, reverse

from accounts.events import PublicNameChanged
from accounts.identity.handlers import merge
from accounts.models import Grant, Residence, ResidenceLetter, User
from accounts.people.naming import naming
from accounts.residence import actions as residence
from accounts.residence import checking
from accounts.staff import actions as staff
from city.models import District
from meetings.models import Meeting, Speaker, State
from meetings.speakers import actions as speakers
from organisations.mandates import actions as mandates
from organisations.mandates import actions_invitations as invitations
from organisations.mandates.tokens import token_of
from organisations.models import Mandate
from tests import factories
from tests.meetings import factories as meetings

pytestmark = pytest.mark.django_db
NAMES = {"own_given_name": " Дар'їна ", "own_family_name": "Левченко"}


@pytest.fixture
def nameless(db) -> User:
    """Who has signed up by e-mail and code, and said nothing yet."""
    return User.objects.create_user("daryna@viche.example")


@pytest.fixture
def inside(client, nameless):
    client.force_login(nameless)
    return client


@pytest.fixture
def home(nameless) -> Residence:
    north = District.objects.create(name="Північний", slug="north")
    return residence.declare(nameless, district=north, address="50001, вул. Рудна, 4")


# --- the floor ------------------------------------------------------------------------------------


@pytest.fixture
def meeting(db) -> Meeting:
    running = meetings.meeting(State.RUNNING)
    meetings.on_item(running)
    running.refresh_from_db()
    return running


def test_the_floor_is_asked_for_by_name(inside, nameless, meeting):
    address = reverse("meetings:hand", args=[meeting.pk])
    assert 'name="own_given_name"' in inside.get(address).text
    refused = inside.post(address, {"stance": "for"})
    assert refused.status_code == 422 and "Спершу напишіть своє ім’я" in refused.text
    assert not Speaker.objects.exists()
    assert inside.post(address, {"stance": "for", **NAMES}).status_code == 302
    assert Speaker.objects.get().name_shown == "Дар’їна Л."


def test_a_deputy_speaks_under_the_name_on_the_list(nameless, meeting):
    deputy = meetings.deputies(meeting.body)[0]
    deputy.user = nameless
    deputy.save()
    raised = speakers.ask_to_speak(meeting.current_item, by=nameless)
    assert raised.deputy == deputy


# --- residence ------------------------------------------------------------------------------------


def test_a_letter_has_an_addressee(inside, nameless, home):
    address = reverse("residence:letter")
    assert 'name="own_given_name"' in inside.get(address).text
    refused = inside.post(address, {"address": home.address})
    assert refused.status_code == 422 and "Спершу напишіть своє ім’я" in refused.text
    assert not ResidenceLetter.objects.exists()
    assert inside.post(address, {"address": home.address, **NAMES}).status_code == 302
    assert ResidenceLetter.objects.get().residence.user.get_full_name() == "Дар’їна Левченко"


def test_no_document_is_compared_with_nothing(nameless, home, ofi, client, refused):
    proof = checking.Proof(nameless, "passport", identity=True)
    with refused("people.nameless"):
        checking.check_document(proof, by=ofi)
    with refused("people.nameless"):
        checking.make_list([proof], by=ofi)
    client.force_login(ofi)
    client.post(reverse("people:search"), {"who": nameless.email})
    page = client.get(reverse("people:person", args=[nameless.pk])).text
    assert "без імені" in page and "«Ім’я та мова»" in page
    assert reverse("people:end_residence", args=[nameless.pk]) in page
    residence.end(nameless, by=ofi)  # found wrong: that needs no name


# --- joining --------------------------------------------------------------------------------------


def test_a_name_goes_over_to_the_account_without_one(nameless, olena, hear):
    told = hear(PublicNameChanged)
    User.objects.filter(pk=olena.pk).update(public_name_style="full")
    merge(nameless, olena)
    nameless.refresh_from_db()
    assert nameless.public_name == "Олена Коваль"
    assert told == [PublicNameChanged(nameless.pk, nameless.pk)]


def test_a_name_of_ones_own_stays(olena, bohdan, hear):
    told = hear(PublicNameChanged)
    merge(olena, bohdan)
    olena.refresh_from_db()
    assert olena.get_full_name() == "Олена Коваль" and told == []


# --- what is done for others ----------------------------------------------------------------------


def test_whoever_works_for_the_council_has_a_name(nameless, admin, refused):
    with refused("staff.nameless"):
        staff.grant(nameless, by=admin, role="moderator", reason="Наказ 7")
    with pytest.raises(CommandError, match="немає імені"):
        call_command("grant", nameless.email, "moderator")
    with refused("staff.nameless"):
        staff.break_glass(nameless, hours=1, reason="Аварія")
    assert not Grant.objects.filter(user=nameless).exists()


def test_whoever_acts_for_an_organisation_has_a_name(inside, nameless, olena, refused):
    company = factories.organisation("ТОВ «Тераса»", registered_by=olena)
    factories.mandate(olena, company, is_head=True)
    with refused("account.name_missing"):
        mandates.grant(company, by=olena, user=nameless)
    asked = invitations.invite(company, by=olena, email=nameless.email)
    address = reverse("organisations:invitation", args=[asked.pk, token_of(asked)])
    assert 'name="own_given_name"' in inside.get(address).text
    page = inside.post(address)
    assert page.status_code == 422 and 'name="own_given_name"' in page.text
    assert "Спершу напишіть своє ім’я" in page.text
    assert inside.post(address, NAMES).status_code == 302
    assert Mandate.objects.get(user=nameless).user.get_full_name() == "Дар’їна Левченко"


# --- words and code -------------------------------------------------------------------------------


def test_ones_own_page_says_what_is(inside):
    page = inside.get(reverse("portal:me")).text
    assert "Інші бачать вас як" not in page and "Ви ще не назвали свого імені" in page


def test_a_program_is_told_what_is_missing(inside, nameless, department):
    opened = factories.consultation(department)
    answer = inside.post(
        f"/api/v1/consultations/{opened.pk}/remarks/",
        {"kind": "remark", "text": "Так краще."},
        content_type="application/json",
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "account.name_missing")
    assert answer.json()["params"] == {"way": "account_profile"}


def test_the_name_is_read_after_every_other_check_of_the_view():
    """Methods, sign-in and what hides ballots from reports of errors stand outside of it."""
    marked = 0
    for view in _views(get_resolver().url_patterns):
        while hasattr(view, "__wrapped__"):
            if view.__code__ is naming(lambda: None).__code__:
                marked += 1
                assert not hasattr(view.__wrapped__, "__wrapped__"), view.__wrapped__
            view = view.__wrapped__
    assert marked >= 9


def _views(patterns):
    for each in patterns:
        if isinstance(each, URLPattern):
            yield each.callback
        else:
            yield from _views(each.url_patterns)
