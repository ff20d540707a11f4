"""On a phone, whoever has published sees their own words, and that they are published."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from consultations.models import Consultation, Remark
from consultations.remarks import actions
from tests.petitions import factories
from tests.plugins.city import PHONE, City

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clocked]

TOUCH = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
#: What the server knows of the place: five clauses are not long enough to lose anything on.
LONG = "document.querySelector('.draft-text, .petition').style.paddingBottom = '4000px'"


def publish(page: Page, link: Locator, words: str, button: str) -> None:
    """Open the form in the page by touch, write, send."""
    link.tap()
    form = page.locator("form[data-remark-form]")
    form.locator("textarea").first.fill(words)
    form.get_by_role("button", name=button).tap()


def expect_thanks_and_words(page: Page, words: str) -> Locator:
    """The thanks have the focus; they and the words, marked, are within the screen."""
    thanks = page.locator("[data-thanks]").last
    expect(thanks).to_be_focused()
    expect(thanks).to_be_in_viewport(ratio=1)
    said = page.locator("[data-said]", has_text=words).first
    expect(said.get_by_text(words)).to_be_in_viewport(ratio=1)
    above, below = thanks.bounding_box(), said.bounding_box()
    assert above and below and 0 <= below["y"] - (above["y"] + above["height"]) < 40
    return thanks


def test_their_own_words_are_within_the_screen(
    city: City, consultation: Consultation, olena, bohdan
):
    clause = consultation.draft.versions.get().clauses.get(number="2.1")
    for number in range(4):
        said = f"Зауваження {number} від сусіда, довге. " * 6
        actions.remark(consultation, by=bohdan, text=said, clause_id=clause.pk)
    page = city.window(olena, consultation.get_absolute_url(), **TOUCH)
    page.evaluate(LONG)

    place = page.locator(f"#c-{clause.short_key}")
    place.locator(".clause__count").tap()
    expect(place.locator(".clause-remarks li")).to_have_count(4)
    link = place.get_by_role("link", name="Висловитися")
    publish(page, link, "Про пункт: діти мають спати.", "Оприлюднити")
    thanks = expect_thanks_and_words(page, "Про пункт: діти мають спати.")
    expect(thanks).to_contain_text("Зауваження приймають до")
    expect(thanks).to_contain_text("оприлюднить звіт")
    expect(place.locator(".clause-remarks li")).to_have_count(5)

    link.tap()
    page.locator("[data-cancel]").tap()
    expect(link).to_be_focused()

    link = page.get_by_role("link", name="Висловитися про весь проєкт")
    publish(page, link, "Про все: добре, що питаєте.", "Оприлюднити")
    expect_thanks_and_words(page, "Про все: добре, що питаєте.")
    # The live page puts every remark in once, and leaves the mark when it fetches all again.
    expect(page.locator("#remarks > li")).to_have_count(6)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    own = Remark.objects.latest("pk")
    expect(page.locator(f"#remark-{own.pk}")).to_have_attribute("data-said", "")
    assert not city.complaints


def test_it_is_right_without_a_script(city: City, consultation: Consultation, olena):
    page = city.window(olena, consultation.get_absolute_url(), java_script_enabled=False, **TOUCH)
    page.locator(".clause", has_text="У дні свят").get_by_role("link", name="Висловитися").tap()
    page.get_by_label("Ваші слова").fill("А чому не до опівночі?")
    page.get_by_role("button", name="Оприлюднити").tap()
    expect(page.locator("#remarks").get_by_text("А чому не до опівночі?")).to_be_in_viewport()
    thanks = page.get_by_text("Ваше зауваження оприлюднено. Зауваження приймають до")
    expect(thanks).to_be_in_viewport()


def test_a_comment_on_a_petition_too(city: City, olena, bohdan, department):
    petition = factories.petition(olena)
    page = city.window(bohdan, petition.get_absolute_url(), **TOUCH)
    page.evaluate(LONG)
    link = page.get_by_role("link", name="Висловитися")
    publish(page, link, "Давно пора.", "Оприлюднити")
    expect_thanks_and_words(page, "Давно пора.")
