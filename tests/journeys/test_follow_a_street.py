"""A stranger follows a street by e-mail, gets one digest, changes it to daily, and leaves with one
click of their mail program."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from city.models import District, Street
from consultations.life import actions
from consultations.models import State
from core.domain import clock, outbox
from notifications.models import Follower
from tests import factories
from tests.journeys.worker import work
from tests.plugins.city import PHONE, City

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.cpu(15)]

EMAIL = "daryna@example.org"
AREAS = "/en/account/notifications/areas/"


def announce(title: str, street: Street, department, ofi) -> None:
    """The city begins something on the street."""
    made = factories.consultation(department, State.PREPARING, title=title)
    made.streets.add(street)
    actions.announce(made, by=ofi)


def send(frequency: str) -> list[mail.EmailMessage]:
    """The digests of a morning, sent by a worker."""
    mail.outbox.clear()
    until = clock.now().isoformat()
    outbox.defer("notifications.jobs.send_digests", frequency=frequency, until=until)
    work("mail")
    return list(mail.outbox)


def path_in(words: str, pattern: str) -> str:
    found = re.search(rf"https?://[^/\s]+({pattern})", words)
    assert found, words
    return found[1]


def test_a_stranger_follows_a_street(city: City, department, ofi):
    district = District.objects.create(name="Заріччя", slug="river")
    street = Street.objects.create(name="вулиця Садова", slug="sadova", district=district)
    page = city.window(None, AREAS, viewport=PHONE, java_script_enabled=False)
    page.locator("input[name=street]").fill("Садова")
    page.get_by_role("button", name="Continue").click()
    page.locator("input[name=email]").fill(EMAIL)
    page.get_by_role("button", name="Send me the link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your inbox")
    work("mail")
    page.goto(city.web.url + path_in(mail.outbox[-1].body, r"/\S*/confirm/\S+"))
    page.get_by_role("button", name="Follow", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your e-mail is confirmed")
    assert Follower.objects.get().email == EMAIL

    # One letter, not one a day: streets are told of weekly.
    announce("Ремонт тротуарів на Садовій", street, department, ofi)
    assert send("daily") == []
    (letter,) = send("weekly")
    assert letter.to == [EMAIL]
    assert "Ремонт тротуарів на Садовій" in letter.body and "(вулиця Садова)" in letter.body
    assert send("weekly") == []

    page.goto(city.web.url + path_in(letter.body, r"/\S*/by-link/\S+"))
    page.get_by_text("For each kind of its own").click()
    page.locator("select[name=of_street]").select_option("daily")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert send("daily") == []
    announce("Нові ліхтарі на Садовій", street, department, ofi)
    assert send("weekly") == []
    (letter,) = send("daily")
    assert "Нові ліхтарі на Садовій" in letter.body
    assert "Ремонт тротуарів" not in letter.body

    # What a mail program does with the headers (RFC 8058).
    stop = path_in(letter.extra_headers["List-Unsubscribe"], r"[^>]+")
    answer = page.request.post(city.web.url + stop, form={"List-Unsubscribe": "One-Click"})
    assert answer.ok
    announce("Дерева на Садовій", street, department, ofi)
    assert send("daily") == [] and send("weekly") == []
    assert city.complaints == []
