"""The main job: a draft decision discussed clause by clause, live."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from consultations.models import Consultation, Remark
from consultations.remarks import actions
from discussions.models import Comment
from tests.plugins.city import SCREEN, City, second_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clocked]

#: Words of clause 2 of the tests' draft.
WORDS = "з 8:00 до 22:00"

#: Selects words in a clause as a mouse does, and says that the selection changed.
SELECT = """(words) => {
  for (const clause of document.querySelectorAll(".clause-text")) {
    const walk = document.createTreeWalker(clause, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const at = node.data.indexOf(words);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + words.length);
      const selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      return true;
    }
  }
  return false;
}"""


def live(page: Page) -> None:
    """Wait until the page says that it is live."""
    expect(page.locator("[data-live-status]")).to_have_attribute("data-state", "live")


def test_a_remark_travels_to_everybody_and_leaves_everybody(
    city: City, consultation: Consultation, olena, bohdan, mo
):
    address = consultation.get_absolute_url()
    hers = city.window(olena, address)
    his = city.window(bohdan, address)
    hall = city.window(None, f"{address}display/", viewport=SCREEN)
    for page in (hers, his, hall):
        live(page)

    # Bohdan is typing about the whole draft, half-way down the page.
    his.get_by_role("link", name="Висловитися про весь проєкт").click()
    text = his.locator("#speak-whole textarea").first
    text.fill("Я ще пишу, і ніхто мені не")
    his.evaluate("scrollBy({ top: 200, behavior: 'instant' })")
    before = text.bounding_box()

    # Olena selects words of a clause and remarks.
    assert hers.evaluate(SELECT, WORDS)
    hers.get_by_role("button", name="Висловитися про ці слова").click()
    form = hers.locator("form[data-remark-form]")
    expect(form.locator("[data-quote-words]")).to_have_text(WORDS)
    form.locator("textarea").first.fill("Після 21:00 під вікнами мають спати діти.")
    form.get_by_role("button", name="Оприлюднити").click()
    expect(hers.get_by_text("зауваження оприлюднено").first).to_be_visible()
    said = Remark.objects.get()
    assert said.quote == WORDS
    assert said.clause.text[said.quote_start : said.quote_end] == WORDS

    # He sees it within a second, without a reload; what he types and where he reads stay.
    soon = second_of(his)
    expect(his.locator(f"#remark-{said.pk}")).to_contain_text("мають спати діти", timeout=soon)
    expect(text).to_have_value("Я ще пишу, і ніхто мені не")
    expect(text).to_be_focused()
    after = text.bounding_box()
    assert before and after and abs(after["y"] - before["y"]) < 2
    expect(his.locator('#remarks-heading [data-count="remarks"]')).to_have_text("1")
    expect(his.locator(f"#c-{said.clause.short_key} .clause__count span")).to_have_text("1")
    expect(hall.locator("#board")).to_contain_text("мають спати діти", timeout=soon)

    # Mo hides it: it is gone from everywhere within two seconds, the reason stays.
    desk = city.window(mo, "/desk/moderation/?list=newest")
    entry = desk.locator(f"#comment-{said.pk}")
    entry.locator("details[data-hide] summary").click()
    entry.locator("input[value=off_topic]").check()
    entry.locator("details[data-hide] [name$=note]").first.fill("Порушує правила")
    entry.locator("details[data-hide] button").click()
    soon = second_of(hall, seconds=2)
    for page in (his, hers, hall):
        expect(page.locator("body")).not_to_contain_text("мають спати діти", timeout=soon)
    expect(his.locator(f"#remark-{said.pk}")).to_contain_text("Приховано модератором")
    expect(his.locator('#remarks-heading [data-count="remarks"]')).to_have_text("0")
    expect(text).to_have_value("Я ще пишу, і ніхто мені не")


def test_everything_is_read_without_javascript(city: City, consultation: Consultation, olena):
    clause = consultation.draft.versions.get().clauses.get(number="2")
    actions.remark(consultation, by=olena, text="Пізно.", clause_id=clause.pk)
    page = city.window(None, consultation.get_absolute_url(), java_script_enabled=False)
    body = page.locator("main")
    expect(body).to_contain_text("Установити, що майданчик працює з 8:00 до 22:00.")
    expect(body).to_contain_text("Пізно.")
    expect(body).to_contain_text("Олена К.")
    page.locator(f"#c-{clause.short_key} .clause__count").click()
    expect(page.locator("#remarks")).to_contain_text("Пізно.")


def test_olena_speaks_without_javascript(city: City, consultation: Consultation, olena):
    page = city.window(olena, consultation.get_absolute_url(), java_script_enabled=False)
    page.locator(".clause", has_text="У дні свят").get_by_role("link", name="Висловитися").click()
    page.get_by_label("Ваші слова").fill("А чому не до опівночі?")
    page.get_by_label("запитання").check()
    page.get_by_role("button", name="Оприлюднити").click()
    expect(page.locator("main")).to_contain_text("зауваження оприлюднено")
    expect(page.locator("#remarks")).to_contain_text("А чому не до опівночі?")
    remark = Remark.objects.select_related("clause").get()
    assert (remark.kind, remark.clause.number) == ("question", "2.1")


def test_an_empty_remark_loses_nothing(city: City, consultation: Consultation, olena):
    page = city.window(olena, consultation.get_absolute_url(), java_script_enabled=False)
    page.locator(".clause", has_text="У дні свят").get_by_role("link", name="Висловитися").click()
    page.get_by_role("button", name="Оприлюднити").click()
    expect(page.get_by_role("alert")).to_contain_text("Напишіть")
    assert Comment.objects.count() == 0
