"""A deputy's telephone loses its link: the page says so, and the vote is sent once more."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from meetings.models import State, Vote
from tests.meetings import factories
from tests.plugins.city import City

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clocked]


@pytest.mark.cpu(16)
def test_a_vote_without_a_link(city: City, bohdan):
    meeting = factories.meeting(State.RUNNING)
    deputy = factories.deputies(meeting.body)[0]
    deputy.user = bohdan
    deputy.save()
    factories.on_item(meeting)
    factories.roll_call(meeting)
    phone = city.window(bohdan, f"/meetings/{meeting.pk}/", viewport={"width": 360, "height": 740})
    now = phone.locator("#meeting-now").bounding_box()
    assert now and now["y"] + 100 < 740, "what is considered stands on the first screen"
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    for name in ("Мій голос", "Запитати", "Попросити слова"):
        box = phone.locator(".meeting-bar").get_by_role("link", name=name).bounding_box()
        assert box and box["y"] + box["height"] <= 741
        assert box["height"] >= 44
    phone.locator(".meeting-bar").get_by_role("link", name="Мій голос").click()

    expect(phone.locator("[data-live-status]")).to_have_attribute("data-state", "live")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="За", exact=True).click()
    said = phone.locator("[data-vote-said]")
    expect(said).to_contain_text("Немає зв’язку")
    assert phone.url.endswith("/vote/")
    expect(phone.locator("[data-live-status]")).to_have_attribute(
        "data-state", "lost", timeout=6_000
    )
    phone.context.set_offline(False)
    expect(phone.locator("[data-live-status]")).to_have_attribute("data-state", "live")
    assert not Vote.objects.filter(deputy=deputy).exists(), "nothing is sent by itself"
    phone.get_by_role("button", name="Надіслати ще раз: За").click()
    expect(said).to_contain_text("Ваш голос враховано: За")
    expect(phone.get_by_role("button", name="За (ваш голос)")).to_be_focused()
    assert Vote.objects.get(deputy=deputy).choice == "for"
    city.complaints.clear()  # what the browser says of the requests that had no link
