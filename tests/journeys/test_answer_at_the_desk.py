"""An officer answers remarks one after the other in their table, without leaving it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from consultations.models import Consultation
from consultations.remarks import actions
from discussions.models import Comment
from tests.plugins.city import City

pytestmark = pytest.mark.django_db(transaction=True)


def test_answers_in_place(city: City, consultation: Consultation, olena, ofi):
    remarks = [actions.remark(consultation, by=olena, text=f"Слово {n}") for n in range(2)]
    page = city.window(ofi, f"/desk/consultations/{consultation.pk}/remarks/")
    rows = [page.locator(f"#remark-{remark.pk}") for remark in remarks]

    # What is begun in another row stays there while one is answered.
    rows[1].locator("summary").click()
    rows[1].locator("textarea").fill("Ще думаю")
    rows[0].locator("summary").click()
    rows[0].locator("textarea").fill("Враховано у **пункті 2**")
    rows[0].locator("form button").click()
    expect(rows[0].locator("strong", has_text="пункті 2")).to_be_visible()
    expect(rows[0].get_by_role("status")).to_be_visible()
    expect(rows[1].locator("textarea")).to_have_value("Ще думаю")
    assert Comment.objects.get(parent=remarks[0].pk).is_official

    # An empty reply is refused in its row. A field that was drawn larger has a style of its own,
    # which no exchange may copy: the content policy refuses it.
    rows[1].locator("textarea").fill("  ")
    rows[1].locator("textarea").evaluate("field => (field.style.height = '300px')")
    rows[1].locator("form button").click()
    expect(rows[1].locator(".govuk-error-message")).to_be_visible()
    assert not Comment.objects.filter(parent=remarks[1].pk).exists()
