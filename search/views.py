"""The page of the search: one list of everything public, the best answer first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from appeals.answers.actions import PUBLISHED
from core.db.search import switch_layout
from core.web.pages import shared_page
from newsroom.handlers import PAGES
from search.asked import Asked, ask, is_known
from search.finding import ALL, FORGIVEN, MOST_OF_A_KIND, Found, find
from search.kinds import KINDS, draw
from search.synonyms import thesaurus

LONGEST = 200
_SIZE = 10


def _topics() -> list[str]:
    topics = ["consultations", "petitions", "polls", "news", "meetings", "deputies"]
    return [*topics, PAGES, PUBLISHED]


@require_safe
@shared_page(_topics)
def search(request: HttpRequest) -> HttpResponse:
    """Results of the search. Anybody; only what is public is looked through."""
    return render(request, "portal/search.html", context(request.GET))


def context(params: QueryDict) -> dict[str, Any]:
    """``q``: the words; ``kind``: one of KINDS, of which alone things are shown; ``after``: a
    page's cursor."""
    words = " ".join(params.get("q", "").replace("\0", " ").split())[:LONGEST]
    kind = params.get("kind", "")
    kind = kind if kind in KINDS else ""
    asked, found, switched = look_for(words, kind=kind, after=params.get("after", ""))
    if asked.is_empty:
        return {"words": words, "asked": bool(words), "results": None}
    counts = found.counts or {}
    return {
        "words": words,
        "asked": True,
        "how": "switched" if switched else _how(found),
        "switched": switched,
        "kind": kind,
        "results": draw(found.things, asked),
        "filters": _filters(words, kind, counts),
        "next_url": _url(words, kind, found.next_cursor) if found.next_cursor else "",
        "previous_url": _url(words, kind, found.previous_cursor) if found.previous_cursor else "",
    }


def look_for(
    words: str, *, kind: str = "", after: str = "", size: int = _SIZE
) -> tuple[Asked, Found, str]:
    """Search for the words, and for the words in the other keyboard layout where these were meant.

    Two queries. The other layout is tried where nothing has all the words as they were typed.
    """
    synonyms = thesaurus()
    asked = ask(words, synonyms)
    found = find(asked, kind=kind, after=after, size=size)
    switched = switch_layout(words)
    is_meant = found.answers < ALL and is_known(switched, synonyms)
    if found.answers and not is_meant:
        return asked, found, ""
    other = ask(switched, synonyms)
    answer = find(other, kind=kind, after=after, size=size)
    if answer.answers > found.answers or (is_meant and answer.answers):
        return other, answer, switched
    return asked, found, ""


def _how(found: Found) -> str:
    """Reading of the words, for the page to say: "" where something has all of them."""
    if not found.answers or found.answers == ALL:
        return ""
    return "forgiven" if found.answers == FORGIVEN else "some_words"


def _url(words: str, kind: str, after: str = "") -> str:
    params = QueryDict(mutable=True)
    for name, value in (("q", words), ("kind", kind), ("after", after)):
        if value:
            params[name] = value
    return f"{reverse('portal:search')}?{params.urlencode()}"


def _filters(words: str, chosen: str, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """All, and each kind of which something answers; none where there is one kind alone."""
    if len(counts) < 2 and not chosen:
        return []
    kinds = [name for name in KINDS if name in counts or name == chosen]
    everything = {
        "label": _("Everything"),
        "url": _url(words, ""),
        "current": not chosen,
        "count": None,
    }
    return [everything] + [
        {
            "label": KINDS[name].label,
            "url": _url(words, name),
            "current": name == chosen,
            "count": _count(counts.get(name, 0)),
        }
        for name in kinds
    ]


def _count(number: int) -> int | str:
    return f"{number}+" if number >= MOST_OF_A_KIND else number
