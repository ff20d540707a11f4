"""Two officers at one form: nothing is lost, and both are told."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from consultations.models import Consultation
from consultations.remarks import actions
from discussions.models import Comment
from tests.plugins.city import City

pytestmark = pytest.mark.django_db(transaction=True)


def save(page: Page) -> None:
    page.get_by_role("button", name="Зберегти", exact=True).click()


def test_at_one_description(city: City, consultation: Consultation, ofi, admin):
    path = f"/desk/consultations/{consultation.pk}/edit/"
    hers, his = city.window(ofi, path), city.window(admin, path)
    hers.locator("#id_affected").fill("Кафе та їхні сусіди")
    hers.locator("#id_title").fill("Назва від А")
    save(hers)
    expect(hers.locator(".notice--success, [role=status]").first).to_be_visible()

    his.locator("#id_contact_details").fill("+380 44 000 00 00")
    his.locator("#id_title").fill("Назва від Б")
    save(his)
    # Who saved what, beside one's own; nothing is stored yet.
    expect(his.get_by_role("alert")).to_contain_text(ofi.get_full_name())
    expect(his.locator("#id_affected")).to_have_value("Кафе та їхні сусіди")
    expect(his.locator("#id_title")).to_have_value("Назва від Б")
    expect(his.locator("#id_title_newer")).to_contain_text("Назва від А")
    # What one did not write is not offered as one's own.
    expect(his.locator(".kept")).to_have_count(0)
    consultation.refresh_from_db()
    assert consultation.title == "Назва від А"

    save(his)
    expect(his.locator(".govuk-error-summary")).to_have_count(0)
    consultation.refresh_from_db()
    assert consultation.title == "Назва від Б"
    assert consultation.affected == "Кафе та їхні сусіди"
    assert consultation.contact_details == "+380 44 000 00 00"


def test_at_one_remark(city: City, consultation: Consultation, olena, ofi, admin):
    remark = actions.remark(consultation, by=olena, text="Слово")
    path = f"/desk/consultations/{consultation.pk}/remarks/"
    rows = []
    for person, words in ((ofi, "Відповідь А"), (admin, "Відповідь Б")):
        page = city.window(person, path)
        row = page.locator(f"#remark-{remark.pk}")
        row.locator("summary").first.click()
        row.locator("textarea").fill(words)
        rows.append(row)
    first, second = rows
    first.locator("form button").click()
    expect(first.get_by_role("status")).to_be_visible()

    second.locator("form button").click()
    expect(second.get_by_role("alert")).to_contain_text(ofi.public_name)
    expect(second).to_contain_text("Відповідь А")
    expect(second.locator("textarea")).to_have_value("Відповідь Б")
    assert Comment.objects.get(parent=remark.pk).text == "Відповідь А"

    second.get_by_role("button", name="Оприлюднити доповнення").click()
    expect(second.get_by_role("status")).to_be_visible()
    assert Comment.objects.filter(parent=remark.pk).count() == 2


def test_a_reply_that_was_typed_is_kept(city: City, consultation: Consultation, olena, ofi):
    remark = actions.remark(consultation, by=olena, text="Слово")
    page = city.window(ofi, f"/desk/consultations/{consultation.pk}/remarks/")
    row = page.locator(f"#remark-{remark.pk}")
    row.locator("summary").click()
    row.locator("textarea").fill("Довга відповідь")
    # The session is lost: what is sent comes to nobody, and stays here.
    session = page.context.cookies()
    page.context.clear_cookies()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        row.locator("form button").click()
    page.context.add_cookies(session)
    page.goto(f"{city.web.url}/desk/consultations/{consultation.pk}/remarks/")
    page.get_by_role("button", name="Повернути текст").click()
    expect(row.locator("textarea")).to_have_value("Довга відповідь")
    row.locator("form button").click()
    expect(row.get_by_role("status")).to_be_visible()
    page.goto(f"{city.web.url}/desk/consultations/{consultation.pk}/remarks/?answered=all")
    expect(row).to_contain_text("Довга відповідь")
    expect(page.locator(".kept")).to_have_count(0)
    assert not page.evaluate("Object.keys(localStorage).filter(key => key.includes(':answer:'))")
