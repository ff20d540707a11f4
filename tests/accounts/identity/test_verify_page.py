"""The page that says how surely one is known: in plain words, in few queries."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import Level
from tests.accounts.identity.conftest import gone_and_back

pytestmark = pytest.mark.django_db
PAGE = reverse("identity:verify")


@pytest.mark.parametrize(
    ("level", "words"),
    [
        (None, "низький рівень"),
        (Level.SUBSTANTIAL, "середній рівень"),
        (Level.HIGH, "високий рівень"),
    ],
)
def test_the_level_in_plain_words(client, charlie, verified, idgov, level, words):
    if level:
        verified(charlie, level=level, source="idgov")
    client.force_login(charlie)
    page = client.get(PAGE).content.decode()
    assert words in page
    assert reverse("identity:begin", args=["idgov"]) in page
    assert reverse("residence:mine") in page


def test_it_costs_few_queries(client, charlie, verified, idgov, django_assert_num_queries):
    verified(charlie)
    client.force_login(charlie)
    client.get(PAGE)
    with django_assert_num_queries(5):  # session and person, check, time, connections
        client.get(PAGE)


def test_it_is_kept_by_nobody(client, charlie, idgov):
    client.force_login(charlie)
    assert client.get(PAGE)["Cache-Control"] == "private, no-store"


def test_without_providers_an_office_is_left(client, charlie, settings):
    settings.IDENTITY_PROVIDERS = []
    client.force_login(charlie)
    page = client.get(PAGE).content.decode()
    assert "/account/verify/idgov/" not in page
    assert "У міській раді" in page


def test_an_expired_check_is_told(client, charlie, verified, clock, idgov):
    verified(charlie)
    clock.advance(days=800)
    client.force_login(charlie)
    page = client.get(PAGE).content.decode()
    assert "Строк підтвердження минув" in page and "низький рівень" in page


def test_after_another_name_was_told_the_way_back_is_at_the_top(client_of, charlie, idgov):
    client = client_of(charlie)
    back = gone_and_back(client, who="olena", onward="/consultations/")
    page = client.get(back["Location"]).text
    way = page.index('class="govuk-back-link" href="/consultations/"')
    assert way < page.index("Це ваше ім’я?")
    assert page.count("Назад до того, що ви робили") == 1
