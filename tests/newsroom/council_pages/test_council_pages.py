"""The council writes its pages in Markdown; every version stays to be read."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from core.models import AuditEntry
from newsroom.council_pages import actions, markup
from newsroom.council_pages.actions import PageText
from newsroom.models import Page, PageVersion
from tests.access.editing import carried_back, drawn_form
from tests.meetings.factories import refused

pytestmark = pytest.mark.django_db


def page(slug: str = "services") -> Page:
    return Page.objects.get(slug=slug)


def text(**changed: str) -> PageText:
    return PageText(**{"title": "Каталог послуг", "text": "# Послуги\n\nЦНАП", **changed})


def send(client, found: Page, **changed: str):
    """The form as its page would send it: with the version that stands now."""
    address = f"/desk/pages/{found.pk}/"
    newest = found.versions.latest("number")
    sent = {name: getattr(newest, name) for name in ("title", "text", "title_en", "text_en")}
    sent = {**sent, "reason": "Нові адреси", **changed}
    answer = client.post(address, sent)
    if answer.status_code == 409 and "drawn_from" not in changed:
        answer = client.post(address, {**sent, **carried_back(answer, address)})
    return answer


def test_every_council_begins_with_pages_for_everybody(client):
    slugs = ("about", "rules", "decisions", "accessibility", "advisory-bodies", "services")
    for slug in (*slugs, "glossary"):
        assert client.get(f"/about/{slug}/").status_code == 200
    listed = client.get("/about/").content.decode()
    assert "Як ухвалюють рішення" in listed and "/about/services/" in listed
    assert client.get("/about/nowhere/").status_code == 404


def test_pages_that_stood_elsewhere_lead_there(client):
    moved = client.get("/accessibility/")
    assert (moved.status_code, moved.url) == (301, "/about/accessibility/")
    assert client.get("/about/privacy/").url == "/privacy/"
    assert client.get("/en/about/terms/").url == "/en/terms/"


def test_english_says_what_is_only_in_ukrainian(client):
    only = "This page is only in Ukrainian."
    assert only in client.get("/en/about/rules/").content.decode()
    translated = client.get("/en/about/accessibility/").content.decode()
    assert only not in translated and "enlarged to 400" in translated


def test_newcomers_read_what_the_words_mean(client):
    page = client.get("/en/about/glossary/").text
    assert "<h2>Who is who</h2>" in page and "Vykonkom" in page
    assert '<div class="page-text">' in page and '(<span lang="uk">староста</span>)' in page


def test_an_officer_writes_another_version_and_the_former_stays(client, ofi):
    found = page()
    former = client.get("/about/services/").content.decode()
    client.force_login(ofi)
    assert send(client, found, text="# Де отримати\n\nЦНАП, вул. Рудна, 5").status_code == 302
    client.logout()
    now = client.get("/about/services/").content.decode()
    assert "вул. Рудна, 5" in now and "<h2>Де отримати</h2>" in now and now != former
    versions = client.get("/about/services/versions/").content.decode()
    assert "Нові адреси" in versions and ofi.public_name in versions
    second = client.get("/about/services/versions/2/").content.decode()
    assert "<ins>" in second and "<del>" in second
    assert "Дія" in client.get("/about/services/versions/1/").content.decode()
    assert AuditEntry.objects.filter(event="PageChanged", actor=ofi.pk).exists()


def test_what_another_wrote_meanwhile_is_not_overwritten(client, ofi, admin):
    found = page()
    address = f"/desk/pages/{found.pk}/"
    client.force_login(ofi)
    drawn = drawn_form(client.get(address), address)
    actions.change(found, text(), by=admin, reason="Раніше")
    sent = {**drawn, "title": "Моя назва", "text": "Мій текст", "reason": "Пізніше"}
    answer = client.post(address, sent)
    assert answer.status_code == 409
    assert "Мій текст" in answer.content.decode() and "ЦНАП" in answer.content.decode()
    assert found.versions.count() == 2


def test_a_preview_publishes_nothing(client, ofi):
    client.force_login(ofi)
    found = page()
    answer = send(client, found, text="## Нове", preview="1", reason="")
    assert answer.status_code == 200 and "<h2>Нове</h2>" in answer.content.decode()
    assert found.versions.count() == 1


def test_nothing_new_no_reason_and_no_english_title_are_refused(ofi):
    found = page()
    newest = found.versions.latest("number")
    with refused("page.same"):
        actions.change(found, PageText.of(newest), by=ofi, reason="Так")
    with refused("page.reason_missing"):
        actions.change(found, text(), by=ofi, reason=" ")
    with refused("page.english_without_title"):
        actions.change(found, text(text_en="Services"), by=ofi, reason="Переклад")


def test_the_migration_leaves_pages_that_are_there():
    Page.objects.filter(slug="services").update(slug="former-services")
    before = PageVersion.objects.count()
    import_module("newsroom.migrations.0003_standard_pages").add_pages(apps, None)
    assert PageVersion.objects.count() == before + 1
    assert page("services").current.number == 1


def test_a_page_is_added_at_an_address_that_is_free(client, ofi):
    client.force_login(ofi)
    sent = {"slug": "budget", "title": "Бюджет", "text": "Показники бюджету."}
    assert client.post("/desk/pages/new/", sent).status_code == 302
    assert "Показники" in client.get("/about/budget/").content.decode()
    for taken in ("budget", "privacy"):
        answer = client.post("/desk/pages/new/", {**sent, "slug": taken})
        assert answer.status_code == 422 and "Показники" in answer.content.decode()


@pytest.mark.parametrize("who", ["mo", "olena"])
def test_only_officers_write_pages(client, request, who):
    client.force_login(request.getfixturevalue(who))
    found = page()
    assert client.get("/desk/pages/").status_code == 403
    assert client.get(f"/desk/pages/{found.pk}/").status_code == 403
    assert send(client, found, text="Інше").status_code == 403
    assert PageVersion.objects.filter(page=found).count() == 1


def test_markdown_is_safe_and_has_headings_in_order():
    made = markup.html(
        "### Глибоко\n\n<script>alert(1)</script>\n\n[а](javascript:alert(1)) "
        "[б](/acts/) ![в](x.png)\n\n| Г | Ґ |\n|:--|--|\n| 1 | 2 |"
    )
    assert made.startswith("<h2>Глибоко</h2>")
    assert "<script" not in made and 'href="javascript' not in made and "<img" not in made
    assert '<a href="/acts/" rel="noopener">' in made
    assert '<th scope="col">Г</th>' in made and 'class="scroll"' in made and "style=" not in made


def test_a_page_takes_as_many_queries_at_any_size(client, django_assert_max_num_queries):
    client.get("/about/rules/")
    with django_assert_max_num_queries(2):
        client.get("/about/rules/?fresh")
