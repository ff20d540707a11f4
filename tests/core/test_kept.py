"""A part of a template that a process draws once, for all that it says (core.templatetags.kept)."""

from __future__ import annotations

from datetime import date

import pytest
from django.template import RequestContext, engines
from django.utils.safestring import mark_safe
from django.utils.translation import override

from core.templatetags.kept import timeline
from core.web.render_cache import clear_parts


@pytest.fixture(autouse=True)
def nothing_kept():
    clear_parts()
    yield
    clear_parts()


def _template(source: str):
    return engines["django"].from_string("{% load kept i18n %}" + source).template


def test_it_is_drawn_once_for_what_it_says(rf):
    drawn = []
    page = _template("{% kept says %}{{ draw }}{% endkept %}")

    def draw(says):
        def note() -> str:
            drawn.append(says)
            return f"<{says}>"

        return page.render(RequestContext(rf.get("/"), {"says": says, "draw": note}))

    assert [draw("one"), draw("one"), draw("two")] == ["&lt;one&gt;", "&lt;one&gt;", "&lt;two&gt;"]
    assert drawn == ["one", "two"]
    assert [draw(""), draw("")] == ["&lt;&gt;"] * 2  # it says nothing: drawn each time
    assert drawn == ["one", "two", "", ""]


def test_each_language_and_each_place_has_its_own(rf):
    home = '{% kept "a" %}{% translate "Home" %}{% endkept %}'
    page = _template(home + '\n{% kept "a" %}b{% endkept %}')
    said = []
    for language in ("uk", "en", "uk"):
        with override(language):
            said.append(page.render(RequestContext(rf.get("/"))))
    assert said == ["Головна\nb", "Home\nb", "Головна\nb"]


def test_it_knows_nothing_of_the_reader(rf, olena):
    request = rf.get("/")
    request.user = olena
    page = _template('{% kept "a" %}{{ request }}{{ user }}{{ csrf_token }}.{% endkept %}')
    assert page.render(RequestContext(request, {"user": olena})) == "."


def test_stages_are_told_apart_by_what_is_html_already():
    stage = {"label": "<b>Звіт</b>", "state": "next", "date": date(2026, 3, 11)}
    assert "&lt;b&gt;" in timeline([stage])
    assert "<b>Звіт</b>" in timeline([stage | {"label": mark_safe("<b>Звіт</b>")}])
    assert timeline([stage]) == timeline([dict(stage)])
    assert "timeline--upright" in timeline([stage], upright=True)
