"""A provider says that she lives in the city: her residence is checked, the district her word."""

from __future__ import annotations

import logging
from urllib.parse import quote

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from accounts.identity.idgov.fake import PEOPLE
from accounts.identity.idgov.provider import FIELDS, asked_fields, facts
from accounts.identity.locality import is_ours
from accounts.models import Residence, Verification
from accounts.residence import actions
from accounts.residence.events import ResidenceChecked, ResidenceEnded
from accounts.residence.vouched import LASTS
from city.models import District
from core.models import AuditEntry
from tests.accounts.identity.conftest import back_from, gone_and_back, way_out

pytestmark = pytest.mark.django_db
DISTRICT = "/account/residence/district/"
SPEAK = "/consultations/1/speak/"


@pytest.fixture
def idgov(idgov, settings):
    """It, in the city of the invented people."""
    settings.CITY = {**settings.CITY, "localities": ["Рудногірськ"], "state": ""}
    return idgov


@pytest.fixture
def north(db) -> District:
    return District.objects.create(name="Північний", slug="north")


@pytest.fixture
def south(db) -> District:
    return District.objects.create(name="Південний", slug="south")


@pytest.fixture
def mine(client, charlie):
    """Charlie's browser."""
    client.force_login(charlie)
    return client


def be_checked(client, who="charlie", onward=""):
    return gone_and_back(client, onward=onward, who=who, auth_type="bank_id")


def checked(user) -> bool:
    return Residence.objects.checked().filter(user=user).exists()


# --- declared before --------------------------------------------------------------------------


def test_what_she_has_declared_is_checked(mine, charlie, north, idgov, hear, settings, clock):
    declared = actions.declare(charlie, district=north, address="вул. Рудна, 4")
    heard = hear(ResidenceChecked, ResidenceEnded)
    assert be_checked(mine, onward=SPEAK)["Location"] == SPEAK
    home = Residence.objects.checked().get(user=charlie)
    assert (home.pk, home.how, home.checked_by, home.address) == (declared.pk, "provider", None, "")
    assert heard == [ResidenceChecked(charlie.pk, None, home.pk)]
    clock.advance(days=settings.RESIDENCE_DAYS["registered"] + 1)
    assert not checked(charlie)
    # An expired check is renewed in the same way.
    mine.force_login(charlie)
    be_checked(mine)
    assert checked(charlie)


def test_a_check_that_lasts_stays_as_it_is(mine, charlie, north, ofi, idgov, hear):
    actions.check(charlie, district=north, how="office", by=ofi)
    heard = hear(ResidenceChecked)
    be_checked(mine)
    assert Residence.objects.checked().get(user=charlie).how == "office"
    assert heard == []


def test_a_displaced_person_stays_for_the_office(mine, charlie, north, idgov):
    actions.declare(charlie, district=north, address="вул. Рудна, 4", basis="displaced")
    assert be_checked(mine, onward=SPEAK)["Location"] == SPEAK
    assert Verification.objects.in_force().filter(user=charlie).exists()
    assert not checked(charlie)


@pytest.mark.parametrize("who", ["olena", "pupil", "firm"])
def test_elsewhere_nowhere_or_an_organisations_place(client, olena, north, idgov, who):
    actions.declare(olena, district=north, address="вул. Рудна, 4")
    client.force_login(olena)
    be_checked(client, who)
    assert Verification.objects.in_force().filter(user=olena).exists()
    assert not checked(olena)


# --- not declared yet -------------------------------------------------------------------------


def test_she_is_asked_for_the_district_alone_and_goes_on(mine, charlie, north, idgov, hear):
    heard = hear(ResidenceChecked)
    asked = be_checked(mine, onward=SPEAK)
    assert asked["Location"] == f"{DISTRICT}?next={quote(SPEAK, safe='')}"
    page = mine.get(asked["Location"])
    assert "no-store" in page["Cache-Control"]
    assert 'name="district"' in page.content.decode()
    assert 'name="address"' not in page.content.decode()
    assert not Residence.objects.exists()
    assert mine.post(asked["Location"], {"district": north.pk})["Location"] == SPEAK
    home = Residence.objects.checked().get(user=charlie)
    assert (home.district, home.how, home.basis) == (north, "provider", "registered")
    assert heard == [ResidenceChecked(charlie.pk, None, home.pk)]


def test_without_a_district_the_page_says_so(mine, north, idgov):
    be_checked(mine)
    assert mine.post(DISTRICT, {"district": ""}).status_code == 422
    assert not Residence.objects.exists()


def test_another_name_is_offered_first(client, olena, north, idgov):
    client.force_login(olena)
    offer = be_checked(client, "charlie", onward=SPEAK)["Location"]
    assert offer.startswith(reverse("identity:verify"))
    asked = client.post("/account/verify/name/")["Location"]
    assert asked == f"{DISTRICT}?next={quote(SPEAK, safe='')}"
    assert client.post(asked, {"district": north.pk})["Location"] == SPEAK
    assert checked(olena)


@pytest.mark.parametrize("who", ["olena", "pupil", "firm"])
def test_where_nothing_is_confirmed_nothing_is_asked(client, charlie, north, idgov, who):
    client.force_login(charlie)
    be_checked(client, who)
    assert "lives_here" not in client.session
    assert client.post(DISTRICT, {"district": north.pk})["Location"] == reverse("residence:mine")
    assert not Residence.objects.exists()


def test_a_city_that_names_no_settlement_believes_no_provider(mine, north, idgov, settings):
    settings.CITY = {**settings.CITY, "localities": []}
    assert asked_fields() == FIELDS
    assert be_checked(mine)["Location"] == reverse("identity:verify")


def test_queries(mine, charlie, north, idgov, django_assert_num_queries):
    be_checked(mine)
    mine.get(DISTRICT)
    with django_assert_num_queries(5):
        mine.get(DISTRICT)
    with django_assert_num_queries(11):
        actions.confirm_by_provider(charlie, district=north)


# --- once, soon, and by her alone -------------------------------------------------------------


def test_the_word_works_once(mine, charlie, north, south, idgov):
    be_checked(mine)
    mine.post(DISTRICT, {"district": north.pk})
    actions.end(charlie)
    mine.post(DISTRICT, {"district": south.pk})
    assert not Residence.objects.current().exists()


def test_the_same_return_twice_checks_once(mine, charlie, north, idgov, hear):
    actions.declare(charlie, district=north, address="вул. Рудна, 4")
    heard = hear(ResidenceChecked)
    back = back_from(
        way_out(mine.post("/account/verify/idgov/")), who="charlie", auth_type="bank_id"
    )
    assert mine.get(back).status_code == 302
    assert mine.get(back).status_code == 403
    assert len(heard) == 1


def test_the_word_waits_for_a_short_while(mine, charlie, north, idgov, clock):
    be_checked(mine)
    clock.advance(seconds=LASTS.total_seconds() + 1)
    assert mine.post(DISTRICT, {"district": north.pk}).status_code == 302
    assert not Residence.objects.exists()


def test_the_word_is_of_one_person(mine, charlie, bohdan, north, idgov):
    be_checked(mine)
    word = mine.session["lives_here"]
    mine.force_login(bohdan)
    session = mine.session
    session["lives_here"] = word
    session.save()
    mine.post(DISTRICT, {"district": north.pk})
    assert not Residence.objects.exists()


def test_of_two_at_once_the_first_district_stands(charlie, north, south):
    first = actions.confirm_by_provider(charlie, district=north)
    assert actions.confirm_by_provider(charlie, district=south) == first
    assert Residence.objects.get(user=charlie).district == north


def test_a_provider_checks_no_displaced_person(charlie, north):
    said = actions.declare(charlie, district=north, address="вул. Рудна, 4", basis="displaced")
    assert actions.confirm_by_provider(charlie) == said
    stays = Residence.objects.current().get(user=charlie)
    assert (stays.pk, stays.basis, stays.checked_at) == (said.pk, "displaced", None)


def test_nothing_of_the_settlement_is_left_anywhere(mine, charlie, north, idgov, caplog):
    caplog.set_level(logging.DEBUG)
    answer = be_checked(mine)
    page = mine.get(DISTRICT).content.decode()
    mine.post(DISTRICT, {"district": north.pk})
    sessions = [session.get_decoded() for session in Session.objects.all()]
    rows = [*Residence.objects.values(), *Verification.objects.values()]
    trace = list(AuditEntry.objects.values_list("ids", flat=True))
    written = f"{sessions} {rows} {trace} {caplog.text} {answer.content!r} {dict(answer.headers)}"
    for told in (PEOPLE["charlie"]["locality"], "РУДНОГІРСЬК"):
        assert told not in written
        assert told not in page


# --- comparing --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "ours"),
    [
        ("Рудногірськ", True),
        ("м. Рудногірськ", True),
        ("М.РУДНОГІРСЬК", True),
        ("  місто   Рудногірськ ", True),
        ("с. Кам'яне", True),
        ("село Камʼяне", True),
        ("Рудногірське", False),
        ("Нова Рудногірськ", False),
        ("м.", False),
        ("", False),
        (None, False),
        (["Рудногірськ"], False),
        ("Рудногірськ" * 100, False),
    ],
)
def test_a_settlement_by_its_name(settings, told, ours):
    settings.CITY = {**settings.CITY, "localities": ["м. Рудногірськ", "Кам’яне"], "state": ""}
    assert is_ours(told) is ours


@pytest.mark.parametrize(
    ("state", "ours"),
    [("РУДНА ОБЛАСТЬ", True), ("Рудна обл.", True), ("Інша область", False), ("", False)],
)
def test_of_settlements_with_one_name_the_region_tells(settings, state, ours):
    settings.CITY = {**settings.CITY, "localities": ["Мирне"], "state": "Рудна область"}
    assert is_ours("с. Мирне", state) is ours
    assert asked_fields() == (*FIELDS, "locality", "state")


def test_a_city_without_a_name_has_no_residents_by_provider(settings):
    settings.CITY = {**settings.CITY, "localities": [""], "state": ""}
    assert not is_ours("")


def test_her_own_code_beside_it_makes_no_organisation():
    person = {**PEOPLE["charlie"], "edrpoucode": PEOPLE["charlie"]["drfocode"]}
    assert facts(person).lives_here
