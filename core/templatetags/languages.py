"""Language of parts (WCAG 2.2, 3.1.2): mark text in another language than the page's by ``lang``.

What the council and people write is Ukrainian on every page; the site's own words are in the page's
language. A screen reader that reads English must not be handed «Про благоустрій» as English. These
are builtins, so no template loads them, and on Ukrainian pages they add nothing:

    {{ petition.title|lang }}                         the words in a <span lang="uk">
    <div class="prose"{% lang comment.html %}>        the attribute alone, on an element
    {{ message|lang_parts }}                          a sentence of ours with their words in it
    {% only_in_ukrainian petition.title %}            a line that says so
    «{{ petition.title|nested }}»                     quotes within quotes, of mails

The letters tell the language, so a remark written in English stays English.
"""

import re
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.domain.typography import bind_numbers
from core.domain.typography import nested as nest_quotes

register = template.Library()

_CYRILLIC = "\u0400-\u052f"
_LETTER = re.compile(f"[{_CYRILLIC}]")
#: A tag, to be left alone; or a stretch from a Cyrillic letter to the last before a Latin one.
_STRETCH = re.compile(
    rf"(?P<tag><[^>]*>)|[{_CYRILLIC}](?:(?:&\#?\w+;|[^A-Za-z<>&])*[{_CYRILLIC}])?"
)


@register.simple_tag(name="lang")
def attribute(words: Any) -> str:
    """` lang="uk"` for an element that holds nothing but these words, where the page's differs."""
    return mark_safe(' lang="uk"') if _foreign(str(words or "")) else ""


@register.filter(name="lang")
def wrapped(words: Any) -> Any:
    """The words as one phrase in their language. Comes last: what it returns is HTML."""
    words = _bind_numbers(words)
    if not words or not _foreign(str(words)):
        return words
    return mark_safe(f'<span lang="uk">{conditional_escape(words)}</span>')


@register.filter
def lang_parts(sentence: Any) -> Any:
    """A composed sentence with each stretch of Ukrainian in its language. Comes last."""
    sentence = _bind_numbers(sentence)
    if not sentence or not _foreign(str(sentence)):
        return sentence
    return mark_safe(_STRETCH.sub(_mark, conditional_escape(sentence)))


@register.filter
def nested(title: Any) -> Any:
    """A title that is put between «…», with inner marks of its own."""
    return nest_quotes(str(title)) if title else title


@register.simple_tag
def only_in_ukrainian(words: Any, summary: Any = "") -> str:
    """A line that says so, where a page in another language shows these words in Ukrainian.

    ``summary``: what there is in the page's language, so that only the full text is not.
    """
    if not _foreign(str(words or "")):
        return ""
    said = (
        _("The full text is in Ukrainian only.") if summary else _("The text is in Ukrainian only.")
    )
    return format_html('<p class="only-in-ukrainian">{}</p>', said)


def _bind_numbers(words: Any) -> Any:
    """The words with each «№» bound to its number, so that no line ends between them."""
    if not isinstance(words, str) or "№ " not in words:
        return words
    return type(words)(bind_numbers(words))  # what was safe stays so


def _mark(found: re.Match[str]) -> str:
    return found[0] if found["tag"] else f'<span lang="uk">{found[0]}</span>'


def _foreign(words: str) -> bool:
    return get_language() != "uk" and _LETTER.search(words) is not None
