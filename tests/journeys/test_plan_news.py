"""An officer plans news for tomorrow, and it appears by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localtime
from playwright.sync_api import expect

from core.domain import clock as database
from core.models import AuditEntry
from newsroom.jobs import tell_published_articles
from newsroom.models import Article
from tests.newsroom import factories
from tests.plugins.city import City

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.cpu(12)]


def test_planned_for_tomorrow_it_appears_by_itself(city: City, clock, ofi, tmp_path):
    photo = tmp_path / "bridge.jpg"
    photo.write_bytes(factories.photo())
    tomorrow = localtime(database.now()) + timedelta(days=1)
    page = city.window(ofi, "/desk/")
    page.get_by_role("link", name="Написати новину").click()
    page.get_by_label("новина", exact=True).check()
    page.get_by_label("Заголовок", exact=True).fill("Міст відкрито")
    page.get_by_label("Стислий виклад", exact=True).fill("Його ремонтували рік.")
    page.get_by_label("Текст", exact=True).fill("Мостом **можна** їздити.")
    page.get_by_role("button", name="Зберегти як чернетку").click()

    page.get_by_role("link", name="Додати зображення").click()
    page.get_by_label("Зображення", exact=True).set_input_files(photo)
    page.get_by_role("button", name="Додати зображення").click()
    # Without words for those who do not see it nothing is taken.
    expect(page.locator(".govuk-error-summary")).to_contain_text("Скажіть, що зображено")
    page.get_by_label("Зображення", exact=True).set_input_files(photo)
    page.get_by_label("Що зображено", exact=True).fill("Люди йдуть новим мостом")
    page.get_by_role("button", name="Додати зображення").click()

    page.get_by_role("link", name="Попередній перегляд").click()
    expect(page.get_by_role("img", name="Люди йдуть новим мостом")).to_be_visible()
    page.get_by_role("link", name="Назад до робочого столу").click()
    page.get_by_role("link", name="Опублікувати").click()
    page.get_by_label("Пізніше, автоматично").check()
    page.get_by_label("Час").fill(f"{tomorrow:%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="Опублікувати").click()
    expect(page.get_by_text("Заплановано: з’явиться сама.")).to_be_visible()

    article = Article.objects.get()
    reader = city.window(None, "/news/", java_script_enabled=False)
    expect(reader.get_by_text("Міст відкрито")).to_have_count(0)
    assert reader.goto(city.web.url + article.get_absolute_url()).status == 404

    clock.advance(days=1, minutes=1)
    tell_published_articles(0)
    reader.goto(city.web.url + "/")
    reader.get_by_role("link", name="Міст відкрито").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Міст відкрито")
    picture = reader.get_by_role("img", name="Люди йдуть новим мостом")
    picture.scroll_into_view_if_needed()  # it loads when the reader comes near
    expect(picture).not_to_have_js_property("naturalWidth", 0)
    assert AuditEntry.objects.filter(event="ArticlePublished").count() == 1
    assert not city.complaints
