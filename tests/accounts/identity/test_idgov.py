"""Being checked by id.gov.ua: over real HTTP, to a stand-in in a process of its own."""

from __future__ import annotations

import logging
from datetime import date
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.sessions.models import Session
from django.urls import reverse

from accounts.identity import keys
from accounts.identity.events import IdentityVerified
from accounts.identity.facts import age_over, birthday_in
from accounts.identity.idgov.fake import PEOPLE
from accounts.identity.idgov.provider import facts
from accounts.models import Level, User, Verification
from core.models import AuditEntry
from tests.accounts.identity.conftest import back_from, gone_and_back, person_code, way_out
from tests.factors import connect_app
from tests.servers import free_port

pytestmark = pytest.mark.django_db
BEGIN = "/account/verify/idgov/"
CODE = PEOPLE["charlie"]["drfocode"]


def verify_as(client, who="charlie", way="bank_id", onward=""):
    return gone_and_back(client, onward=onward, who=who, auth_type=way)


def told(answer, status):
    assert answer.status_code == status
    return answer.content.decode()


def test_she_is_checked_and_lands_where_she_was(client, charlie, idgov, hear):
    heard = hear(IdentityVerified)
    client.force_login(charlie)
    answer = verify_as(client, onward="/consultations/")
    assert (answer.status_code, answer["Location"]) == (302, "/consultations/")
    check = Verification.objects.in_force().get(user=charlie)
    assert (check.level, check.how, check.source) == (Level.SUBSTANTIAL, "provider", "idgov")
    assert check.age_over == 18
    assert check.person_key == keys.person_key(CODE)
    assert heard == [IdentityVerified(charlie.pk, None, check.pk)]


def test_what_is_sent_to_id_gov_ua(client, charlie, idgov):
    client.force_login(charlie)
    address = urlsplit(way_out(client.post(BEGIN)))
    query = parse_qs(address.query)
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{idgov.url}/"
    assert set(query) == {"response_type", "client_id", "auth_type", "state", "redirect_uri"}
    assert query["response_type"] == ["code"]
    assert query["auth_type"] == ["dig_sign,bank_id,mobile_id"]
    assert query["redirect_uri"] == [f"http://testserver{BEGIN}callback/"]


@pytest.mark.parametrize(
    ("way", "level"),
    [
        ("dig_sign", Level.HIGH),
        ("bank_id", Level.SUBSTANTIAL),
        ("mobile_id", Level.SUBSTANTIAL),
    ],
)
def test_how_one_signs_in_there_is_how_sure_it_is(client, charlie, idgov, way, level):
    client.force_login(charlie)
    verify_as(client, way=way)
    assert Verification.objects.get().level == level


def test_a_signature_from_a_file_is_not_of_the_high_level():
    told = {"drfocode": CODE, "auth_type": "dig_sign", "isqscd": "0"}
    assert facts(told).level == Level.SUBSTANTIAL


def test_a_companys_signature_tells_its_code(client, firm, idgov):
    client.force_login(firm)
    verify_as(client, who="firm", way="dig_sign")
    check = Verification.objects.get()
    assert check.organisation_code == PEOPLE["firm"]["edrpoucode"]
    assert check.organisation_name == PEOPLE["firm"]["o"]


def test_nothing_of_the_code_is_left_anywhere(client, charlie, idgov, caplog):
    caplog.set_level(logging.DEBUG)
    client.force_login(charlie)
    answer = verify_as(client)
    connected = SocialAccount.objects.get()
    assert connected.extra_data == {}
    assert connected.uid == keys.person_key(CODE)
    assert not SocialToken.objects.exists()
    sessions = [session.get_decoded() for session in Session.objects.all()]
    trace = list(AuditEntry.objects.values_list("ids", flat=True))
    written = f"{sessions} {trace} {caplog.text} {answer.content!r} {dict(answer.headers)}"
    assert CODE not in written
    assert "token-" not in written


def test_without_a_code_nobody_is_told_from_another(client, charlie, idgov):
    client.force_login(charlie)
    page = told(verify_as(client, who="nameless"), 403)
    assert "РНОКПП" in page
    assert not Verification.objects.exists()
    assert not SocialAccount.objects.exists()


def test_who_is_known_already_is_led_to_joining(client, charlie, olena, idgov):
    client.force_login(charlie)
    verify_as(client)
    client.force_login(olena)
    page = told(verify_as(client), 403)
    assert reverse("identity:merge") in page
    assert not Verification.objects.filter(user=olena).exists()


def test_checked_again_it_begins_anew(client, charlie, idgov, clock):
    client.force_login(charlie)
    verify_as(client)
    clock.advance(days=700)
    verify_as(client)
    first, second = Verification.objects.order_by("pk")
    assert first.ended_at and not second.ended_at
    assert SocialAccount.objects.count() == 1


# --- coming back otherwise than one should ----------------------------------------------------


def unchanged(user):
    return not (
        Verification.objects.filter(user=user).exists()
        or SocialAccount.objects.filter(user=user).exists()
    )


def test_cancelled_there(client, charlie, idgov):
    client.force_login(charlie)
    told(gone_and_back(client), 403)
    assert unchanged(charlie)


@pytest.mark.parametrize("state", ["", "another", None])
def test_a_state_that_is_not_ours(client, charlie, idgov, state):
    client.force_login(charlie)
    back = urlsplit(back_from(way_out(client.post(BEGIN)), who="charlie", auth_type="bank_id"))
    query = {**dict(parse_qsl(back.query)), "state": state}
    if state is None:
        del query["state"]
    told(client.get(f"{back.path}?{urlencode(query)}"), 403)
    assert unchanged(charlie)


def test_the_same_return_twice(client, charlie, idgov):
    client.force_login(charlie)
    back = back_from(way_out(client.post(BEGIN)), who="charlie", auth_type="bank_id")
    assert client.get(back).status_code == 302
    told(client.get(back), 403)
    assert Verification.objects.count() == 1


def test_the_return_of_another_session(client, client_of, charlie, olena, idgov):
    """Somebody lures Olena to the return of his own visit: she is not made him."""
    client.force_login(charlie)
    back = back_from(way_out(client.post(BEGIN)), who="charlie", auth_type="bank_id")
    told(client_of(olena).get(back), 403)
    assert unchanged(olena) and unchanged(charlie)


def test_the_return_after_somebody_else_signed_in(client, charlie, olena, idgov):
    client.force_login(charlie)
    back = back_from(way_out(client.post(BEGIN)), who="charlie", auth_type="bank_id")
    states = client.session["socialaccount_states"]
    client.force_login(olena)
    session = client.session
    session["socialaccount_states"] = states
    session.save()
    told(client.get(back), 403)
    assert unchanged(olena)


def test_a_code_that_is_not_id_gov_uas(client, charlie, idgov):
    client.force_login(charlie)
    back = urlsplit(back_from(way_out(client.post(BEGIN)), who="charlie", auth_type="bank_id"))
    query = {**dict(parse_qsl(back.query)), "code": "invented"}
    told(client.get(f"{back.path}?{urlencode(query)}"), 502)
    assert unchanged(charlie)


@pytest.mark.parametrize(
    "onward", ["https://evil.example/", "//evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_to_another_site(client, charlie, idgov, onward):
    client.force_login(charlie)
    answer = verify_as(client, onward=onward)
    assert answer["Location"] == reverse("identity:verify")
    page = client.get(f"{reverse('identity:verify')}?next={onward}").content.decode()
    assert f'href="{onward}' not in page
    assert f'value="{onward}' not in page


def test_it_is_begun_by_post_alone_and_by_who_is_signed_in(client, charlie, idgov):
    assert client.post(BEGIN)["Location"].startswith("/account/login/")
    client.force_login(charlie)
    assert client.get(BEGIN).status_code == 405
    assert client.post("/account/verify/unknown/").status_code == 404


def test_it_is_begun_by_who_has_just_proved_that_it_is_she(client, charlie, idgov):
    client.force_login(charlie, fresh=False)
    assert client.post(BEGIN)["Location"].startswith("/account/confirm/")


def test_id_gov_ua_is_down(client, charlie, idgov, settings):
    client.force_login(charlie)
    back = back_from(way_out(client.post(BEGIN)), who="charlie", auth_type="bank_id")
    settings.IDENTITY_PROVIDERS[0]["settings"]["server_url"] = f"http://127.0.0.1:{free_port()}"
    page = told(client.get(back), 502)
    assert "127.0.0.1" not in page  # the address holds secrets
    assert unchanged(charlie)


# --- signing in -------------------------------------------------------------------------------


def enter(client, who="charlie", onward=""):
    left = client.post("/account/login/with/idgov/", {"next": onward})
    return client.get(back_from(way_out(left), who=who, auth_type="bank_id"))


@pytest.fixture
def confirmed(charlie, mo):
    """The addresses of both are confirmed, as those of all who have signed in."""
    for user in (charlie, mo):
        user.emailaddress_set.create(email=user.email, verified=True, primary=True)


def test_one_signs_in_by_what_is_connected(client, client_of, charlie, confirmed, idgov):
    verify_as(client_of(charlie))
    answer = enter(client, onward="/consultations/")
    assert answer["Location"] == "/consultations/"
    assert client.session["_auth_user_id"] == str(charlie.pk)


def test_nobody_signs_up_by_it(client, olena, idgov):
    page = told(enter(client), 403)
    assert reverse("account_signup") in page
    assert "_auth_user_id" not in client.session


def test_staff_still_show_their_second_factor(client, client_of, mo, confirmed, idgov):
    connect_app(mo)
    verify_as(client_of(mo))
    answer = enter(client)
    assert answer["Location"].startswith("/account/login/factor/")
    assert "_auth_user_id" not in client.session
    assert CODE not in str([session.get_decoded() for session in Session.objects.all()])


def test_the_suspended_stay_outside(client, client_of, charlie, idgov):
    verify_as(client_of(charlie))
    type(charlie).objects.filter(pk=charlie.pk).update(is_active=False)
    assert enter(client)["Location"] == reverse("account_inactive")
    assert "_auth_user_id" not in client.session


def test_disconnected_one_signs_in_by_it_no_more(client, client_of, charlie, idgov):
    mine = client_of(charlie)
    verify_as(mine)
    mine.post("/account/verify/idgov/disconnect/")
    told(enter(client), 403)
    assert Verification.objects.in_force().filter(user=charlie).exists()


# --- names ------------------------------------------------------------------------------------


def test_another_name_is_offered_and_not_forced(client, olena, idgov):
    client.force_login(olena)
    answer = verify_as(client, who="charlie", onward="/consultations/")
    page = client.get(answer["Location"]).content.decode()
    assert "Карпо Лисенко" in page
    kept = client.post("/account/verify/name/")
    assert kept["Location"] == "/consultations/"
    olena.refresh_from_db()
    assert olena.get_full_name() == "Олена Коваль"


def test_whoever_has_no_name_yet_has_it_from_now_on(client, olena, idgov):
    User.objects.filter(pk=olena.pk).update(given_name="", family_name="")
    client.force_login(olena)
    answer = verify_as(client, who="charlie", onward="/consultations/")
    assert answer["Location"] == "/consultations/" and "offered_name" not in client.session
    olena.refresh_from_db()
    assert olena.get_full_name() == "Карпо Лисенко"
    assert "Карпо Лисенко" in client.get("/consultations/").text  # it is told


def test_another_name_is_taken_on_where_she_wants_it(client, olena, idgov):
    client.force_login(olena)
    verify_as(client, who="charlie")
    client.post("/account/verify/name/", {"take": "1"})
    olena.refresh_from_db()
    assert olena.get_full_name() == "Карпо Лисенко"
    # The offer is over.
    client.post("/account/verify/name/", {"take": "1"})
    assert "offered_name" not in client.session


# --- age --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "today", "age"),
    [
        (date(2010, 11, 24), date(2024, 11, 23), None),
        (date(2010, 11, 24), date(2024, 11, 24), 14),
        (date(2008, 11, 25), date(2024, 11, 24), 14),
        (date(2008, 11, 24), date(2024, 11, 24), 16),
        (date(2006, 11, 24), date(2024, 11, 24), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 16),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2030, 1, 1), date(2026, 3, 1), None),
        (None, date(2026, 3, 1), None),
    ],
)
def test_an_age_is_reached_on_ones_birthday(born, today, age):
    assert age_over(born, today=today) == age


def test_the_birthday_stands_in_the_code():
    born = date(1984, 7, 19)
    assert birthday_in(person_code(born=born)) == born
    assert birthday_in("") is None
