"""News at the desk: written, previewed, planned, corrected by two, given pictures."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils.timezone import localtime

from city.models import District, Street
from core.domain import clock as database
from newsroom.models import Article, State
from tests import factories as people
from tests.access.editing import drawn_form
from tests.newsroom import factories

pytestmark = pytest.mark.django_db
LIST = "/desk/news/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def desk(client, ofi):
    """The browser of ofi."""
    client.force_login(ofi)
    return client


def typed(department, **more):
    return {
        "department": department.pk,
        "kind": "news",
        "title": "Міст відкрито",
        "summary": "Після ремонту.",
        "text": "Мостом **можна** їздити.",
        **more,
    }


def url(article, step=""):
    return f"{LIST}{article.pk}/{step}"


def in_days(days):
    return (localtime(database.now()) + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


def drawn(desk, address):
    """What a browser sends of the form at the address when nobody touches it."""
    return drawn_form(desk.get(address), address)


def test_from_an_empty_form_to_planned_news(desk, department):
    districts = [District.objects.create(name=f"Район {n}", slug=f"d{n}") for n in (1, 2)]
    streets = [
        Street.objects.create(name="вулиця Садова", slug=f"sadova-{each.slug}", district=each)
        for each in districts
    ]
    consultation = people.consultation(department)
    lines = {
        "streets": "Садова (район 2)",
        "related": f"https://viche.example/en{consultation.get_absolute_url()}",
    }
    answer = desk.post(f"{LIST}new/", typed(department, **lines))
    article = Article.objects.get()
    assert answer["Location"] == url(article)
    assert list(article.streets.all()) == streets[1:]
    assert list(article.consultations.all()) == [consultation]

    preview = desk.get(url(article, "preview/")).text
    assert "<strong>можна</strong>" in preview
    assert "Попередній перегляд" in preview
    assert desk.post(url(article, "publish/"), {"when": "later"}).status_code == 422
    desk.post(url(article, "publish/"), {"when": "later", "at": in_days(1)})
    article.refresh_from_db()
    assert article.state_at(database.now()) == State.PLANNED
    assert "Міст відкрито" in desk.get(f"{LIST}?list=planned").text
    drafts = desk.get(LIST)
    assert "Міст відкрито" not in drafts.text
    assert drafts.context["tabs"][0]["label"] == "Чернетки"


def test_wrong_input_says_what_and_keeps_what_was_typed(desk, department):
    Street.objects.create(name="вулиця Садова", slug="sadova")
    wrong = {
        "streets": "вулиця Невідома",
        "related": "https://elsewhere.example/",
        "kind": "event",
        "title": "Ярмарок",
    }
    answer = desk.post(f"{LIST}new/", typed(department, **wrong))
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"streets", "related"}
    assert "вулиця Невідома" in answer.text
    assert "Ярмарок" in answer.text
    del wrong["streets"], wrong["related"]
    answer = desk.post(f"{LIST}new/", typed(department, **wrong))
    assert answer.context["form"].errors.keys() == {"begins_at"}
    nothing = typed(department, related="/petitions/999/")
    assert desk.post(f"{LIST}new/", nothing).context["form"].errors.keys() == {"related"}
    assert not Article.objects.exists()


def test_what_is_published_is_corrected_with_a_reason(desk, department):
    article = factories.article()
    form = drawn(desk, url(article, "edit/"))
    form["title"] = "Міст відкрили"
    answer = desk.post(url(article, "edit/"), form)
    assert answer.context["form"].errors.keys() == {"reason"}
    assert desk.post(url(article, "edit/"), {**form, "reason": "Описка"}).status_code == 302
    assert article.corrections.get().former == {"title": "Міст відкрито"}


def test_of_two_who_edit_the_second_is_shown_what_the_first_wrote(desk, department):
    article = factories.article(State.DRAFT)
    first = drawn(desk, url(article, "edit/"))
    second = dict(first)
    desk.post(url(article, "edit/"), {**first, "title": "Перша назва"})
    answer = desk.post(url(article, "edit/"), {**second, "title": "Друга назва"})
    assert answer.status_code == 409
    assert "Перша назва" in answer.text
    assert "Друга назва" in answer.text


def test_pictures_are_added_described_and_removed(desk, department):
    article = factories.article(State.DRAFT)
    upload = BytesIO(factories.photo())
    upload.name = "a.jpg"
    assert desk.post(url(article, "pictures/new/"), {"file": upload}).status_code == 422
    upload.seek(0)
    filled = {"file": upload, "alt": "Міст через Рудку"}
    assert desk.post(url(article, "pictures/new/"), filled).status_code == 302
    picture = article.pictures.get()
    page = url(article, f"pictures/{picture.pk}/")
    form = drawn(desk, page) | {"alt": "IMG_1.jpg"}
    assert desk.post(page, form).context["form"].errors.keys() == {"alt"}
    desk.post(page, form | {"alt": "Новий міст"})
    assert article.pictures.get().alt == "Новий міст"
    desk.post(f"{page}remove/")
    assert not article.pictures.exists()


def test_others_find_nothing(client, stranger, olena, department):
    article = factories.article(State.DRAFT)
    client.force_login(stranger)
    assert client.get(url(article)).status_code == 404
    client.force_login(olena)
    assert client.get(LIST).status_code == 403


def test_the_list_costs_the_same_at_any_length(desk, department, django_assert_max_num_queries):
    for _number in range(3):
        factories.article(State.DRAFT)
    desk.get(LIST)
    with django_assert_max_num_queries(6):
        desk.get(LIST)
