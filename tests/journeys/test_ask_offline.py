"""A question that is written without a link is kept, and sent once when the link is back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from meetings.course import actions
from meetings.models import Meeting, Question, State
from tests.meetings import factories
from tests.plugins.city import PHONE, City

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clocked]
WAITING = "Буде надіслано, коли з’явиться зв’язок"


@pytest.fixture
def running(transactional_db: None) -> Meeting:
    return factories.meeting(State.RUNNING, kind="hearing")


def write(page: Page, text: str) -> None:
    page.get_by_label("Ваше запитання").fill(text)
    page.get_by_role("button", name="Надіслати запитання").click()
    expect(page.locator("[data-outbox]")).to_contain_text(WAITING)
    expect(page.locator("[data-outbox]")).to_contain_text(text)


def test_written_in_a_tunnel(city: City, olena, running: Meeting):
    page = city.window(olena, f"/meetings/{running.pk}/ask/", viewport=PHONE)
    page.context.set_offline(True)
    write(page, "Хто заплатить за ремонт?")
    assert not Question.objects.exists()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.context.set_offline(False)
    expect(page.locator("[data-outbox]")).to_contain_text("Ваше запитання надіслано")
    question = Question.objects.get()
    assert (question.text, question.author) == ("Хто заплатить за ремонт?", olena)
    assert question.written_at is not None
    # Nothing is left to be sent, or offered as a draft.
    assert (
        page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('viche.kept'))")
        == []
    )

    # The second one comes too late: it stays with its author, on the meeting's page too.
    page.goto(f"{city.web.url}/meetings/{running.pk}/ask/")
    page.context.set_offline(True)
    write(page, "А коли почнуть?")
    actions.close_meeting(running, by=factories.secretary(), seen_item=None)
    page.context.set_offline(False)
    expect(page.locator("[data-outbox]")).to_contain_text("Засідання завершено.")
    page.goto(f"{city.web.url}/meetings/{running.pk}/")
    expect(page.locator("[data-outbox]")).to_contain_text("А коли почнуть?")
    assert Question.objects.count() == 1
    # What one read and typed goes with it, and the district.
    page.evaluate("localStorage.setItem('viche.kept:reading:/consultations/1/', '{}')")
    page.evaluate("localStorage.setItem('viche.kept:district', 'north')")
    page.evaluate("localStorage.setItem('viche.kept:remark:1:2', '{}')")
    page.goto(f"{city.web.url}/account/logout/")
    page.get_by_role("button", name="Вийти").click()
    page.wait_for_url(city.web.url + "/**")
    assert (
        page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('viche.kept'))")
        == []
    )
    assert not city.complaints
