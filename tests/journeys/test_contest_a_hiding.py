"""An author contests that their words were hidden, wins, and everybody sees them again, live."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from consultations.models import Consultation
from consultations.remarks import actions
from discussions import actions as discussion
from tests.plugins.city import City, second_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clocked]


def test_contested_and_overturned(city: City, consultation: Consultation, olena, bohdan, mo, admin):
    clause = consultation.draft.versions.get().clauses.get(number="2")
    said = actions.remark(
        consultation, by=olena, text="Після 21:00 сплять діти.", clause_id=clause.pk
    )
    for text in ("Перед ним.", "Після нього."):
        actions.remark(consultation, by=bohdan, text=text)
    discussion.hide(said.comment, by=mo, reason="off_topic", note="Це не про проєкт.")

    reader = city.window(bohdan, consultation.get_absolute_url())
    expect(reader.locator("[data-live-status]")).to_have_attribute("data-state", "live")
    place = reader.locator(f"#remark-{said.pk}")
    expect(place).to_contain_text("Приховано модератором")
    order = reader.locator('[id^="remark-"]').evaluate_all("all => all.map((each) => each.id)")

    # From her own page she learns by which rule, and contests it.
    hers = city.window(olena, "/account/me/")
    hers.locator(f"#said-{said.pk} a[href*='/contest/']").click()
    expect(hers.locator("main")).to_contain_text("Це не про проєкт.")
    hers.locator("textarea").fill("Пункт 2 якраз про час роботи.")
    hers.locator("main form button").click()
    expect(hers.locator("main")).to_contain_text("на розгляді")

    # Who hid it does not decide; another moderator does.
    desk = city.window(mo, "/desk/moderation/contests/")
    expect(desk.locator("main")).to_contain_text("Пункт 2 якраз про час роботи.")
    expect(desk.locator("main form")).to_have_count(0)
    desk = city.window(admin, "/desk/moderation/contests/")
    desk.locator("input[value=overturned]").check()
    desk.locator("textarea").fill("Зауваження про пункт 2.")
    desk.locator("main form button").click()

    # It is back where it was, without a reload.
    expect(place).to_contain_text("сплять діти", timeout=second_of(reader, seconds=2))
    assert order == reader.locator('[id^="remark-"]').evaluate_all(
        "all => all.map((each) => each.id)"
    )
    expect(reader.locator('#remarks-heading [data-count="remarks"]')).to_have_text("3")
    hers.reload()
    expect(hers.locator("main")).to_contain_text("Зауваження про пункт 2.")
