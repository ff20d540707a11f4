"""The frame of every page, and the pages of errors."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.utils import translation

from core.templatetags.components import shorten
from tests.core.pieces import Page, Speech, whole


def frame(rf, path: str, user=None) -> Page:
    request = rf.get(path)
    request.user = user or AnonymousUser()
    request.session = {}
    with translation.override("en" if path.startswith("/en/") else "uk"):
        return whole(render_to_string("base.html", request=request))


def test_frame_tells_its_language_and_leads_to_the_other(rf):
    page = frame(rf, "/")
    assert page.tags[0] == ("html", {"lang": "uk", "class": "govuk-template"})
    assert page.all("a", hreflang="en")[0]["href"] == "/en/"
    english = frame(rf, "/en/")
    assert english.all("html")[0]["lang"] == "en"
    assert english.all("a", hreflang="uk")[0]["href"] == "/"


def test_frame_keeps_the_query_when_the_language_changes(rf):
    page = frame(rf, "/account/login/?next=/x/")
    assert page.all("a", hreflang="en")[0]["href"] == "/en/account/login/?next=/x/"


def test_frame_skips_to_a_main_that_takes_the_focus(rf):
    page = frame(rf, "/")
    assert page.all("a", href="#main", class_="govuk-skip-link")
    assert page.all("main", id="main", tabindex="-1")


def test_frame_of_an_anonymous_page_holds_no_token_and_asks_for_none(rf):
    """Or no two readers would get the same page."""
    request = rf.get("/")
    request.user = AnonymousUser()
    html = render_to_string("base.html", request=request)
    assert "csrfmiddlewaretoken" not in html
    assert "CSRF_COOKIE_NEEDS_UPDATE" not in request.META


@pytest.mark.parametrize("name", ["form", "reply_form"])
def test_frame_names_errors_in_its_title(rf, name):
    request = rf.get("/")
    request.user = AnonymousUser()
    with translation.override("en"):
        wrong = render_to_string("base.html", {name: Speech({}), "other_form": Speech()}, request)
        fresh = render_to_string("base.html", {name: Speech()}, request)
    assert re.search(r"<title>Error: ", wrong)
    assert "Error: " not in fresh


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "413", "429"])
def test_error_page_says_what_to_do(rf, name, language):
    request = rf.get("/nowhere/")
    request.user = AnonymousUser()
    request.session = {}
    with translation.override(language):
        page = whole(render_to_string(f"{name}.html", request=request))
    assert page.all("html")[0]["lang"] == language
    assert len(page.all("h1")) == 1
    assert len(page.all("main")) == 1


@pytest.mark.parametrize("name", ["500", "503"])
def test_page_of_a_broken_house_needs_nothing(name):
    # No database (pytest-django forbids it here), no request, no context; both languages at once.
    page = whole(render_to_string(f"{name}.html"))
    assert [section["lang"] for section in page.all("section")] == ["uk", "en"]
    assert settings.CITY["council"] in page.words


def test_refusal_page_gives_the_rules_reason(rf):
    request = rf.get("/")
    request.user = AnonymousUser()
    request.session = {}
    html = render_to_string("403.html", {"verdict": {"message": "It closed <b>"}}, request=request)
    assert "It closed &lt;b&gt;" in html


def test_a_text_is_cut_between_words():
    assert shorten("Воду возитимуть бочками", 40) == "Воду возитимуть бочками"
    assert shorten("Воду возитимуть\nбочками", 20) == "Воду возитимуть…"
    assert shorten("Воду, – кажуть, – возитимуть", 20) == "Воду, – кажуть…"
    assert shorten("Воду возитимуть", 15) == "Воду возитимуть"
    assert shorten("Непротиконституційність", 5) == "Непро…"
    assert shorten("Чекатимуть місяць, і не більше", 24) == "Чекатимуть місяць…"
    assert shorten("О 21:00, а до 10 можна голосніше", 15) == "О 21:00…"
