"""Names of the council and of its lists in English, on English pages."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from city.council import actions
from city.council.serializers import NamedOut
from city.lists.description import describe
from city.models import Change, Department, District, Theme
from core.domain.council import council, forget_council, local_council
from core.web.mail import compose
from tests.access.editing import drawn_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def named():
    describe(
        {
            "theme": [
                {"slug": "water", "name": "Вода", "name_en": "Water"},
                {"slug": "land", "name": "Земля"},
            ],
            "district": [{"slug": "tsentr", "name": "Центр", "name_en": "Centre"}],
        }
    )
    actions.change_council({"council_en": "Rudnohirsk City Council"}, by=None)
    forget_council()


def test_a_name_is_that_of_the_language_and_ukrainian_where_there_is_no_other(named):
    themes = {each.slug: each for each in Theme.objects.all()}
    assert str(themes["water"]) == "Вода"
    with override("en"):
        assert [str(themes[slug]) for slug in ("water", "land")] == ["Water", "Земля"]
        assert local_council().council == "Rudnohirsk City Council"
        assert local_council().name == council().name, "in Ukrainian only"


def test_english_pages_say_english_names_and_ask_nothing_more(named):
    anonymous = Client()
    ukrainian, english = anonymous.get("/petitions/").text, anonymous.get("/en/petitions/").text
    assert ">Центр<" in ukrainian and "Rudnohirsk City Council" not in ukrainian
    assert ">Centre<" in english and ">Центр<" not in english
    assert '<span class="site-header__council">Rudnohirsk City Council</span>' in english
    assert '<option value="land" lang="uk">Земля</option>' in english
    counts = []
    for path in ("/petitions/?q=a", "/en/petitions/?q=b"):
        with CaptureQueriesContext(connection) as asked:
            anonymous.get(path)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_an_english_mail_is_from_the_council_in_english(named):
    with override("en"):
        mail = compose("accounts/erased", {}, to="olena@viche.example")
    assert "Your account at Rudnohirsk City Council" in mail.body


def test_the_desk_edits_them_and_the_trace_stays_in_ukrainian(client, admin, named):
    client.force_login(admin)
    district = District.objects.get()
    path = f"/en/desk/city/districts/{district.pk}/"
    drawn = drawn_form(client.get(path), path)
    assert client.post(path, drawn | {"name_en": "City centre"}).status_code == 302
    district.refresh_from_db()
    assert district.name_en == "City centre"
    assert Change.objects.latest("id").name == "Центр"


def test_programs_read_both(client, named, department):
    Department.objects.filter(pk=department.pk).update(name_en="Transport Office")
    department.refresh_from_db()
    with override("en"):
        read = NamedOut(department).data
    assert read["name"] == department.name and read["name_en"] == "Transport Office"
