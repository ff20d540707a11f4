"""Words in another language than the page's say in which they are."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.utils import translation


def _draw(source: str, words: str, language: str = "en") -> str:
    with translation.override(language):
        return Template(source).render(Context({"words": words}))


@pytest.mark.parametrize(
    ("source", "words", "drawn"),
    [
        ("{{ words|lang }}", "Про сквер & парк", '<span lang="uk">Про сквер &amp; парк</span>'),
        ("{{ words|lang }}", "More bins, please", "More bins, please"),
        ("<h1{% lang words %}>", "Про сквер", '<h1 lang="uk">'),
        ("<h1{% lang words %}>", "", "<h1>"),
        (
            "{{ words|lang_parts }}",
            "You follow «Про м'яч, 2» of EVRAZ.",
            'You follow «<span lang="uk">Про м&#x27;яч</span>, 2» of EVRAZ.',
        ),
        (
            "{{ words|safe|lang_parts }}",
            '<a title="Сквер">Сквер</a> here',
            '<a title="Сквер"><span lang="uk">Сквер</span></a> here',
        ),
        (
            "{% only_in_ukrainian words %}",
            "Про сквер",
            '<p class="only-in-ukrainian">The text is in Ukrainian only.</p>',
        ),
        (
            "{% only_in_ukrainian words summary='More bins' %}",
            "Про сквер",
            '<p class="only-in-ukrainian">The full text is in Ukrainian only.</p>',
        ),
        ("{% only_in_ukrainian words %}", "More bins, please", ""),
    ],
)
def test_ukrainian_on_an_english_page_is_marked(source: str, words: str, drawn: str):
    assert _draw(source, words) == drawn


@pytest.mark.parametrize("source", ["{{ words|lang }}", "{{ words|lang_parts }}"])
def test_nothing_is_added_in_ukrainian_and_nothing_let_through_unescaped(source: str):
    assert _draw(source, "Сквер <b>", "uk") == "Сквер &lt;b&gt;"
    assert "<b>" not in _draw(source, "Сквер <b>")
