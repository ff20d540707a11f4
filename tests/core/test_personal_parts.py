"""A page is drawn for a stranger, and each reader gets their own parts in it."""

from __future__ import annotations

import pytest
from django import template
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.template import Context, RequestContext, Template, engines
from django.test import RequestFactory

from core.web.pages import forget_pages, shared_page
from core.web.personal_parts import personal_part
from core.web.render_cache import RenderCache, render_part

pytestmark = pytest.mark.django_db
register = template.Library()


@personal_part(register, "components/messages.html")
def greeting(request, words="Вітаємо"):
    """Of a reader with a name; a stranger has none."""
    name = getattr(request.user, "name", "")
    return {"messages": [f"{words}, {name}!"]} if name else None


class Reader(AnonymousUser):
    def __init__(self, name: str) -> None:
        self.name = name


@pytest.fixture(autouse=True)
def tags(monkeypatch):
    monkeypatch.setitem(engines["django"].engine.template_libraries, "parts", register)
    forget_pages()


def _asked(name: str = "", **headers: str):
    request = RequestFactory().get("/page/", headers=headers)
    request.user = AnonymousUser()
    if name:
        request.user = Reader(name)
        request.COOKIES["session"] = name
    return request


def _page(source: str, **context):
    """A shared view of this template, and how often it was drawn."""
    drawn = []

    @shared_page(lambda: ["parts"])
    def view(request):
        drawn.append(request)
        made = Template("{% load parts %}" + source)
        return HttpResponse(made.render(RequestContext(request, context)))

    return view, drawn


def test_each_reader_gets_their_own_part_of_a_page_that_is_drawn_once():
    view, drawn = _page("<p>Їжак</p>{% greeting %}<p>{% greeting words='Добрий день' %}</p>")
    shown = [view(_asked(name)).content.decode() for name in ("Олена", "Богдан", "")]
    for name, page in zip(("Олена", "Богдан"), shown, strict=False):
        assert f"Вітаємо, {name}!" in page
        assert f"Добрий день, {name}!" in page
    assert "Богдан" not in shown[0]
    assert "Олена" not in shown[1]
    assert shown[2] == "<p>Їжак</p><p></p>"
    assert len(drawn) == 1


def test_a_view_is_given_nothing_of_the_reader():
    view, drawn = _page("")
    view(_asked("Олена", Referer="/secret/", X_Forwarded_For="192.0.2.7"))
    (stranger,) = drawn
    assert stranger.user.is_anonymous and not hasattr(stranger.user, "name")
    assert stranger.COOKIES == {}
    assert not hasattr(stranger, "session")
    assert {"Referer", "X-Forwarded-For", "Cookie"}.isdisjoint(stranger.headers)
    assert "REMOTE_ADDR" not in stranger.META


def test_nobodys_words_can_make_a_place():
    forged = "\0" + "0" * 32 + "\x000 x"
    view, _drawn = _page("{{ words }}{% greeting %}", words=forged)
    assert view(_asked("Олена")).content.decode().startswith(forged)


def test_what_a_page_keeps_for_a_part_is_plain():
    view, _drawn = _page("{% greeting words=row %}", row=Reader("Олена"))
    with pytest.raises(TypeError, match="greeting would keep a Reader"):
        view(_asked("Олена"))


def test_a_live_fragment_has_no_reader():
    with pytest.raises(template.TemplateSyntaxError, match="has no reader"):
        Template("{% load parts %}{% greeting %}").render(Context())


def test_who_may_see_more_than_a_stranger_is_answered_by_the_view():
    @shared_page(lambda: ["parts"])
    def view(request):
        if request.user.is_anonymous and not hasattr(request.user, "name"):
            raise Http404
        return HttpResponse(request.user.name)

    assert view(_asked("Олена")).content.decode() == "Олена"
    assert view(_asked("Богдан")).content.decode() == "Богдан"
    with pytest.raises(Http404):
        view(_asked())


def test_a_part_that_says_something_else_is_drawn_anew():
    drawn = []

    def context(words):
        drawn.append(words)
        return {"messages": [words]}

    shown = [
        render_part("components/messages.html", words, lambda words=words: context(words))
        for words in ("одне", "інше", "одне")
    ]
    assert drawn == ["одне", "інше"]
    assert shown[0] == shown[2] != shown[1]


def test_a_store_lets_go_of_what_was_made_longest_ago():
    store = RenderCache(100)
    for key in "abc":
        store.keep(key, key, 40)
    store.keep("c", "C", 50)
    assert [store.get(key) for key in "abc"] == [None, "b", "C"]
    assert store.weight == 90
