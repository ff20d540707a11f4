"""A journalist is accredited, gets the invitation to a press conference, and says they come."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from newsroom.models import Accreditation, PressAttendance
from tests.journeys.worker import work
from tests.newsroom.press_factories import conference
from tests.plugins.city import PHONE, City

pytestmark = pytest.mark.django_db(transaction=True)

EMAIL = "daryna@example.org"


def link(city: City) -> str:
    """The first address of the press in the last mail, at the server of this test."""
    work("mail")
    found = re.search(r"https?://[^/\s]+(/news/press/\S+)", str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return city.web.url + found[1]


def test_a_journalist_is_accredited_and_gets_the_invitation(city: City, ofi):
    page = city.window(None, "/news/press/", viewport=PHONE, java_script_enabled=False)
    page.get_by_label("Ім’я та прізвище").fill("Дарина Січова")
    page.get_by_label("Редакція").fill("Міські новини")
    page.get_by_label("Електронна адреса").fill(EMAIL)
    page.get_by_label("Телефон").fill("067 123-45-67")
    # What is wrong is said, and what was typed stays.
    page.get_by_role("button", name="Надіслати заяву").click()
    expect(page.get_by_label("Редакція")).to_have_value("Міські новини")
    page.get_by_label("Я погоджуюся, щоб").check()
    page.get_by_role("button", name="Надіслати заяву").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Перевірте пошту")
    page.goto(link(city))
    page.get_by_role("button", name="Підтвердити заяву").click()
    expect(page.locator("main")).to_contain_text("чекає на рішення")

    desk = city.window(ofi, "/desk/press/")
    desk.get_by_role("link", name="Дарина Січова").click()
    desk.get_by_role("button", name="Акредитувати").click()
    expect(desk.get_by_role("status")).to_contain_text("Акредитовано")
    assert Accreditation.objects.get().decided_by == ofi
    link(city)
    mail.outbox.clear()

    meeting = conference(title="Опалювальний сезон")
    page.goto(link(city))
    (invitation,) = mail.outbox
    assert invitation.to == [EMAIL] and "Опалювальний сезон" in str(invitation.subject)
    assert "List-Unsubscribe=One-Click" in invitation.message().as_string()
    page.get_by_role("button", name="Я буду").click()
    expect(page.locator("main")).to_contain_text("Ви сказали, що будете")
    assert PressAttendance.objects.get(meeting=meeting).is_coming

    desk.goto(f"{city.web.url}/desk/press/conferences/{meeting.pk}/")
    expect(desk.get_by_role("row").nth(1)).to_contain_text("Міські новини")
