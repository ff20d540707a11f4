"""A guarded petition: with JavaScript the device solves a task, without it the mail confirms."""

from __future__ import annotations

from time import monotonic

import pytest
from playwright.sync_api import expect

from petitions.defence import guarding
from petitions.models import Signature
from tests import factories
from tests.cli.conftest import wait_until
from tests.petitions import factories as petitions


@pytest.fixture
def guarded(city):
    author = factories.user("olena", "Олена", "Коваль")
    one = petitions.petition(author)
    guarding.raise_guard(one, by=factories.user("mo", "Мотря", "Гнатюк", role="moderator"))
    # The server goes by what it has read of guards for KNOWN_FOR seconds.
    until = monotonic() + guarding.KNOWN_FOR
    wait_until(lambda: monotonic() > until, 5, "the server reads guards anew")
    return one


def test_the_device_solves_a_task_and_one_signs(city, guarded):
    bohdan = factories.user("bohdan", "Богдан", "Мельник")
    page = city.window(bohdan, f"/petitions/{guarded.pk}/sign/")
    expect(page.locator("[data-proof-state]")).not_to_be_empty()
    # Sent before the task is solved: the form waits for it and goes by itself.
    page.locator("main form .govuk-button").click()
    page.wait_for_url(f"**/petitions/{guarded.pk}/signed/")
    made = Signature.objects.get(petition=guarded)
    assert (made.user, made.status) == (bohdan, Signature.Status.COUNTED)


def test_without_javascript_the_mail_replaces_it(city, guarded):
    bohdan = factories.user("bohdan", "Богдан", "Мельник")
    page = city.window(bohdan, f"/petitions/{guarded.pk}/sign/", java_script_enabled=False)
    page.locator("main form .govuk-button").click()
    page.locator("main").get_by_role("link", name="поштою").first.click()
    expect(page).to_have_url(f"{city.web.url}/petitions/{guarded.pk}/sign/mail/")
    expect(page.locator("[name=email]")).to_have_value(bohdan.email)
    page.locator("main form .govuk-button").click()
    expect(page.locator("[name=code]")).to_be_visible()
    assert not Signature.objects.exists()
