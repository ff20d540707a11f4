"""Following without an account: an address that is confirmed, and managed by links of mails."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse

from city.models import District, Street
from core.domain import clock as the_clock
from notifications.activities.followers import reachable
from notifications.following import actions, queries, tokens
from notifications.following.tokens import Asked, settings_path, stop_path
from notifications.models import (
    BouncedAddress,
    Follower,
    Following,
    Frequency,
    Kind,
    Letter,
    Sent,
)
from notifications.sending.recipients import Recipient

pytestmark = pytest.mark.django_db

EMAIL = "daryna@viche.example"


@pytest.fixture
def street() -> Street:
    district = District.objects.create(name="Заріччя", slug="river")
    return Street.objects.create(name="вулиця Садова", slug="sadova", district=district)


def ask(client, street, email=EMAIL):
    return client.post(
        reverse("notifications:follow", args=["street", street.pk]), {"email": email}
    )


def mailed_path() -> str:
    """The path of the link in the last mail."""
    return re.search(r"(/account/notifications/confirm/\S+)", mail.outbox[-1].body)[1]


def test_a_street_is_found_and_followed_by_a_confirmed_address(client, street, do):
    found = client.get(reverse("notifications:areas"), {"street": "Садова"})
    url = reverse("notifications:follow", args=["street", street.pk])
    assert found["Location"] == url
    assert client.get(url).status_code == 200
    assert ask(client, street).status_code == 200
    assert not Follower.objects.exists()
    assert do() == 1
    assert not Letter.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE args::text LIKE '%daryna%'")
        assert cursor.fetchone() == (0,), "no address in a job"
    path = mailed_path()
    assert "daryna" not in path
    assert client.get(path).status_code == 200
    assert not Follower.objects.exists(), "a scanner that opens the link confirms nothing"
    for _twice in range(2):
        assert client.post(path).status_code == 200
    follower = Follower.objects.get()
    assert (follower.email, follower.user) == (EMAIL, None)
    assert Following.objects.get().topic == f"street:{street.pk}"


def test_form_mail_and_page_say_how_often_and_offer_at_once(client, street, do):
    url = reverse("notifications:follow", args=["street", street.pk])
    page = client.get(url).content.decode()
    assert "раз на тиждень" in page and "сповіщення одразу" in page
    ask(client, street)
    do()
    body = mail.outbox[-1].body
    assert "новини про вулицю Садову" in body and "раз на тиждень" in body
    path = mailed_path()
    assert 'value="weekly"' in client.get(path).content.decode()
    confirmed = client.post(path, {"often": "now"}).content.decode()
    assert "Ви стежите за вулицею Садовою." in confirmed and "Пишемо одразу" in confirmed
    assert queries.load_frequencies(Follower.objects.get())[Kind.STREET] == Frequency.NOW
    assert "Пишемо одразу" in client.post(path).content.decode(), "pressed again it stays"
    assert client.post(path, {"often": "never"}).status_code == 200, "is no choice"
    assert queries.load_frequencies(Follower.objects.get())[Kind.STREET] == Frequency.NOW


def test_a_second_street_leaves_how_often_as_it_was_chosen(client, street, do):
    ask(client, street)
    do()
    client.post(mailed_path(), {"often": "now", "had": "weekly"})
    other = Street.objects.create(name="вулиця Рудна", slug="rudna", district=street.district)
    ask(client, other)
    do()
    path = mailed_path()
    page = client.get(path).content.decode()
    assert re.search(r'value="now"[^>]*checked', page) and "Вулиці: як часто писати?" in page
    assert 'name="had" value="now"' in page and 'value="never"' not in page
    client.post(path, {"often": "now", "had": "now"})
    follower = Follower.objects.get()
    assert queries.load_frequencies(follower)[Kind.STREET] == Frequency.NOW
    # Another page of before, left as it was, undoes nothing.
    client.post(path, {"often": "weekly", "had": "weekly"})
    assert queries.load_frequencies(follower)[Kind.STREET] == Frequency.NOW
    client.post(path, {"often": "daily", "had": "now"})
    assert queries.load_frequencies(follower)[Kind.STREET] == Frequency.DAILY


def test_whoever_chose_never_is_offered_it_and_an_account_goes_first(client, street, bohdan, do):
    account = actions.follower_of(bohdan)
    actions.set_frequencies(account, {"street": "never"})
    actions.set_frequencies(Follower.objects.create(email=EMAIL), {"street": "daily"})
    often = queries.load_frequencies_of
    assert often(bohdan.email)[Kind.STREET] == Frequency.NEVER
    assert often(EMAIL.upper())[Kind.STREET] == Frequency.DAILY
    assert often("nobody@viche.example")[Kind.STREET] == Frequency.WEEKLY
    ask(client, street, bohdan.email)
    do()
    page = client.get(mailed_path()).content.decode()
    assert re.search(r'value="never"[^>]*checked', page)


def test_all_kinds_are_set_at_once(client, street):
    follower = Follower.objects.create(email=EMAIL)
    often = {f"of_{kind.value}": "now" for kind in Kind}
    client.post(settings_path(follower), {"do": "settings", "of_all": "weekly", **often})
    chosen = queries.load_frequencies(follower)
    assert {chosen[kind] for kind in Kind if kind != Kind.APPEAL} == {Frequency.WEEKLY}


def test_with_an_account_at_once_is_one_button(client, street, bohdan):
    client.force_login(bohdan)
    url = reverse("notifications:follow", args=["street", street.pk])
    client.post(url)
    assert "Вулиці: писати одразу" in client.get(url).content.decode()
    client.post(url, {"do": "at_once"})
    follower = Follower.objects.get(user=bohdan)
    assert queries.load_frequencies(follower)[Kind.STREET] == Frequency.NOW
    assert "писати одразу" not in client.get(url).content.decode()
    assert Following.objects.filter(follower=follower).count() == 1


def test_the_answer_does_not_tell_whether_the_address_is_known(client, street, bohdan):
    Follower.objects.create(email=EMAIL)
    pages = {
        ask(client, street, email).content for email in (EMAIL, bohdan.email, "new@viche.example")
    }
    assert len(pages) == 1
    assert Letter.objects.count() == 3


def test_an_accounts_address_follows_as_the_account(street, bohdan):
    token = tokens.confirmation_token(Asked(bohdan.email, "uk", "street", street.pk))
    assert actions.confirm_email(token).user == bohdan


def test_a_link_ends_after_a_day_and_is_whole(client, street, clock):
    token = tokens.confirmation_token(Asked(EMAIL, "uk", "street", street.pk))
    url = reverse("notifications:confirm", args=[token])
    assert client.get(url).status_code == 200
    assert client.post(url.replace(token, token[:-3] + "abc")).status_code == 404
    clock.advance(hours=25)
    assert client.post(url).status_code == 404
    assert not Follower.objects.exists()


def test_what_is_no_address_is_refused(client, street):
    assert ask(client, street, "not an address").status_code == 422


def test_settings_and_stopping_by_links_alone(client, street):
    follower = Follower.objects.create(email=EMAIL)
    following = actions.follow(follower, "street", street.pk)
    page = settings_path(follower)
    shown = client.get(page).content.decode()
    assert EMAIL in shown
    assert "вулиця Садова" in shown
    assert client.get(page.replace(tokens.settings_token(follower), "0" * 40)).status_code == 404
    client.post(page, {"do": "areas", "area-district": street.district_id})
    assert Following.objects.count() == 2
    for path in (stop_path(follower), stop_path(follower, following)):
        assert tokens.settings_token(follower) not in client.get(path).text
    client.post(stop_path(follower), {"List-Unsubscribe": "One-Click"})
    assert not Following.objects.exists()
    follower.refresh_from_db()
    assert follower.stopped_at is not None
    client.post(stop_path(follower, following), {"again": "1"})
    follower.refresh_from_db()
    assert follower.stopped_at is None


def test_links_go_on_working_when_the_secret_is_changed(client, street, settings):
    follower = Follower.objects.create(email=EMAIL)
    paths = settings_path(follower), stop_path(follower)
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another" * 10
    assert [client.get(path).status_code for path in paths] == [404, 404]
    settings.SECRET_KEY_FALLBACKS = [former]
    assert [client.get(path).status_code for path in paths] == [200, 200]


def test_a_bounced_address_is_tried_again_when_it_is_confirmed(client, street):
    follower = Follower.objects.create(email=EMAIL, bounced_at=the_clock.now())
    BouncedAddress.objects.create(email=EMAIL, status="5.1.1")
    assert not reachable()
    client.post(settings_path(follower), {"do": "bounced"})
    assert Letter.objects.get().to == EMAIL
    actions.confirm_email(tokens.confirmation_token(Asked(EMAIL, "uk")))
    assert reachable().get() == follower
    assert not BouncedAddress.objects.exists()


def test_one_event_is_told_a_follower_once(street):
    follower = Follower.objects.create(email=EMAIL, language="en")
    recipient = Recipient.of_follower(follower)
    assert (recipient.email, recipient.load_language()) == (EMAIL, "en")
    paths = recipient.own_paths()
    assert paths == {"stop_path": stop_path(follower), "settings_path": settings_path(follower)}
    made = [Sent.objects.get_or_create(follower=follower, event="a:1")[1] for _twice in range(2)]
    assert made == [True, False]
