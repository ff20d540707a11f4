"""An officer leaves: twelve open things pass to a colleague by one choice and one press."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from accounts.staff.models import Grant
from appeals.models import Appeal
from city.models import Department
from tests.accounts.staff.leaver import leaver_with_work
from tests.factories import PASSWORD
from tests.journeys.presses import Presses
from tests.plugins.city import City

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.cpu(30)
def test_twelve_things_in_four_presses(
    city: City, admin: User, olena: User, department: Department
) -> None:
    who = leaver_with_work(department, admin, olena, answered=9, proposals=1)
    who.officer.set_password(PASSWORD)
    who.officer.save()
    who.officer.emailaddress_set.create(email=who.officer.email, verified=True, primary=True)
    at_work = city.window(who.officer, "/desk/")
    expect(at_work.locator("h1")).to_be_visible()

    page = city.window(admin, reverse("staff:person", args=[who.officer.pk]))
    hand = Presses(page)
    hand.press("link", "Звільняється: відкликати все")
    lines = page.locator("section[aria-labelledby=open-work] tbody tr")
    expect(lines).to_have_count(12)
    hand.choose("[name=to_all]", f"{department.pk}:{who.colleague.pk}")
    page.fill("[name=reason]", "Звільнення, наказ № 7")
    hand.press("button", "Передати справи й відкликати")
    expect(page.locator("h1")).to_contain_text("Калина Журавель")
    expect(page.locator("main tbody tr")).to_have_count(12)
    expect(page.locator("main tbody")).to_contain_text("Остап Вишня")
    assert hand.number == 4
    assert not Grant.objects.unended().filter(user=who.officer).exists()

    # All of it stands at the new one's desk.
    new = city.window(who.colleague, reverse("appeals_desk:list") + "?list=mine")
    for appeal in who.mine:
        path = reverse("appeals_desk:detail", args=[appeal.pk])
        expect(new.locator(f"main a[href^='{path}']").first).to_be_visible()
    new.goto(city.web.url + reverse("desk:table", args=[who.consultation.pk]))
    expect(new.locator("main")).to_contain_text("Пропоную 0 лавки")
    assert Appeal.objects.filter(officer=who.colleague).count() == 9

    # The open page of the former one leads nowhere; after signing in anew there is no desk.
    assert at_work.goto(f"{city.web.url}/desk/").status in {403, 404}
    later = city.window(None, "/account/login/")
    later.fill("[name=login]", who.officer.email)
    later.fill("[name=password]", PASSWORD)
    later.keyboard.press("Enter")
    later.wait_for_url(lambda url: "/login/" not in url)
    expect(later.locator("a[href='/desk/']")).to_have_count(0)
    for path in ("/desk/", reverse("appeals_desk:list")):
        assert later.goto(city.web.url + path).status in {403, 404}
