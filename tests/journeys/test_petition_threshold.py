"""The threshold is crossed while two browsers watch the total move; one has no account."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from discussions import actions as discussion
from petitions.models import Petition
from petitions.signing import counting
from petitions.talk import actions as talk
from tests.petitions import factories
from tests.plugins.city import PHONE, City, second_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clocked]

#: What is promised: a second for the sample, and what the browser needs.
SOON = 5_000


@pytest.fixture
def petition(transactional_db, olena) -> Petition:
    made = factories.petition(olena, procedure=factories.procedure(threshold=1000))
    factories.signatures(made, 997)
    counting.recount([made.pk])
    return made


def total(page: Page):
    return page.locator("[data-count=signatures]")


def test_two_browsers_see_the_threshold_crossed(city: City, petition: Petition, bohdan, mo):
    here = f"/petitions/{petition.pk}/"
    desktop = city.window(None, here)
    phone = city.window(bohdan, here, viewport=PHONE)
    english = city.window(None, f"/en{here}")
    for page in (desktop, phone, english):
        expect(total(page)).to_have_text("997")
        expect(page.locator("[data-live-status]")).to_have_attribute("data-state", "live")

    factories.signatures(petition, 2)
    for page in (desktop, phone):
        expect(total(page)).to_have_text("999", timeout=SOON)
        expect(page.locator("[data-signatures-left]")).to_have_text("1")
        expect(page.locator("[data-signatures-bar]")).to_have_js_property("value", 999)
        expect(page.locator("#petition-standing .status")).to_have_text("збір підписів")

    factories.signatures(petition, 3)
    ukrainian, others = "1\u00a0002", "1,002"
    for page, number, reached in (
        (desktop, ukrainian, "необхідну"),
        (phone, ukrainian, "необхідну"),
        (english, others, "enough"),
    ):
        expect(total(page)).to_have_text(number, timeout=SOON)
        expect(page.locator("#petition-standing .status")).to_contain_text(reached, timeout=SOON)
        expect(page.locator("[data-signatures-left]")).to_have_count(0)
        expect(page.locator("[aria-current=step]")).to_have_count(1)
    petition.refresh_from_db()
    assert petition.reached_at is not None

    # Somebody says something, and a moderator takes it away again: gone in two seconds.
    comment = talk.comment(petition, by=bohdan, text="Нарешті! Дякую всім.")
    for page in (desktop, phone):
        expect(page.locator(f"#comment-{comment.pk}")).to_contain_text("Нарешті!")
    soon = second_of(phone, seconds=2)
    discussion.hide(comment, by=mo, reason="off_topic", note="Порушує правила")
    for page in (desktop, phone):
        expect(page.locator(f"#comment-{comment.pk}")).not_to_contain_text("Нарешті!", timeout=soon)

    # Who comes now finds the same, without a script too.
    plain = city.window(None, here, java_script_enabled=False)
    expect(total(plain)).to_have_text("1\u00a0002")
    expect(plain.locator("#petition-standing .status")).to_contain_text("необхідну")


def test_what_is_typed_stays_while_the_page_moves(city: City, petition: Petition, bohdan):
    page = city.window(bohdan, f"/petitions/{petition.pk}/")
    page.locator("[data-remark-open]").click()
    field = page.locator("form[data-remark-form] textarea")
    field.type("Думаю, що ")
    factories.signatures(petition, 3)
    expect(total(page)).to_have_text("1\u00a0000", timeout=SOON)
    expect(field).to_be_focused()
    field.type("варто.")
    page.locator("form[data-remark-form] .govuk-button").click()
    expect(page.locator("[data-thanks]")).to_be_visible()
    expect(page.locator("#comments")).to_contain_text("Думаю, що варто.")
    page.locator(".remark").first.get_by_role("link", name="Відповісти").click()
    page.locator("form.remark-form textarea").fill("І ще.")
    page.locator("form.remark-form .govuk-button").click()
    expect(page.locator("main")).to_contain_text("І ще.")
