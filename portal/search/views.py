"""Search over consultations, petitions, polls, news, answers, acts, pages of the council, clauses
and remarks: in every form of a word, and past a slip."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.db.models import Case, IntegerField, Q, QuerySet, When
from django.db.models.functions import Cast, Round
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from appeals.actions.answers import PUBLISHED
from consultations.acts.handlers import TOPIC as ACTS
from consultations.models import Consultation
from core.db.paging import page_of
from core.db.search import ALIKE, Query, query, rank, similar, switch_layout
from core.web.pages import shared_page
from newsroom.council_pages.handlers import TOPIC as PAGES
from portal.search.kinds import KINDS, Kind, kinds_named, topic_of

LONGEST = 200
_SIZE = 10
#: Counts on the tabs stop here.
MOST_COUNTED = 1000


def _topics() -> list[str]:
    return ["consultations", "petitions", "polls", "news", ACTS, PAGES, PUBLISHED]


@require_safe
@shared_page(_topics)
def search(request: HttpRequest) -> HttpResponse:
    """What was found, by kind. Anybody; only what is public is looked through."""
    return render(request, "portal/search.html", context(request.GET))


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way of reading what was typed, with what it finds by kind."""

    asked: Query
    found: dict[str, QuerySet[Any]]
    counts: dict[str, int]
    #: How the words were read, for the page to say: "", switched, forgiven or some_words.
    how: str = ""
    #: The words in the other keyboard layout, where these were looked for.
    switched: str = ""

    @property
    def is_successful(self) -> bool:
        return any(self.counts.values())


def context(params: QueryDict) -> dict[str, Any]:
    """``q``: the words; ``kind``: one of KINDS; ``after``: a page's cursor."""
    words = " ".join(params.get("q", "").replace("\0", " ").split())[:LONGEST]
    if query(words).is_empty and query(switch_layout(words)).is_empty:
        return {"words": words, "asked": bool(words)}
    attempt = _search(words)
    kind = params.get("kind", "")
    if kind not in KINDS:
        kind = _first_kind(words, attempt)
    page = page_of(
        _rank_rows(attempt.found[kind], KINDS[kind], attempt.asked),
        order=("-has_all_words", "-relevance", "-pk"),
        after=params.get("after", ""),
        size=_SIZE,
    )
    return {
        "words": words,
        "asked": True,
        "how": attempt.how if attempt.is_successful else "",
        "switched": attempt.switched,
        "kind": kind,
        "results": [KINDS[kind].draw(row, attempt.asked) for row in page],
        "tabs": _tabs(words, kind, attempt.counts),
        "next_url": _url(words, kind, page.next_cursor) if page.next_cursor else "",
        "previous_url": _url(words, kind, page.previous_cursor) if page.previous_cursor else "",
    }


def _search(words: str) -> Attempt:
    """The strictest reading of the words that finds something; the last one if none does.

    In turn: every word; every word but those for a kind of thing; every word as typed in the other
    keyboard layout; every word past a slip; some of the words.
    """
    topic = topic_of(words)
    for all_words in dict.fromkeys([words, topic]):
        attempt = _attempt(query(all_words))
        if attempt.is_successful:
            return _with_partial_matches(topic, attempt)
    switched = switch_layout(words)
    attempt = _attempt(query(switched), how="switched", switched=switched)
    if attempt.is_successful:
        return attempt
    attempt = _attempt(query(words, forgiving=True), how="forgiven", alike=words)
    if attempt.is_successful or attempt.asked.size < 2:
        return attempt
    return _attempt(query(topic, forgiving=True, any_word=True), how="some_words")


def _attempt(asked: Query, *, alike: str = "", how: str = "", switched: str = "") -> Attempt:
    found = _find(asked, alike)
    return Attempt(asked, found, _counts(found), how, switched)


def _with_partial_matches(topic: str, attempt: Attempt) -> Attempt:
    """Where every word finds less than a page, what has only some of them follows."""
    asked = query(topic, any_word=True)
    if attempt.asked.size < 2 or asked.size < 2:
        return attempt
    some = _find(asked)
    more = {name: some[name] for name, count in attempt.counts.items() if count < _SIZE}
    return replace(attempt, found=attempt.found | more, counts=attempt.counts | _counts(more))


def _first_kind(words: str, attempt: Attempt) -> str:
    """The kind that the words name («петиція про парк»), or else the first that has something."""
    filled = [name for name, count in attempt.counts.items() if count]
    named = [name for name in filled if name in kinds_named(words)]
    return next(iter(named + filled), "consultations")


def _find(asked: Query, alike: str = "") -> dict[str, QuerySet[Any]]:
    """All that is public and answers, by kind; ``alike``: also titles that look like it."""
    found = {name: kind.public().filter(kind.matches(asked)) for name, kind in KINDS.items()}
    if alike:
        alike_titles = Consultation.objects.annotate(likeness=similar("title", alike))
        alike_titles = alike_titles.filter(likeness__gte=ALIKE).order_by("-likeness")
        likely = alike_titles.values("pk")[:_SIZE]
        found["consultations"] = (
            KINDS["consultations"].public().filter(Q(search=asked) | Q(pk__in=likely))
        )
    return found


def _counts(found: dict[str, QuerySet[Any]]) -> dict[str, int]:
    """How many rows each has, MOST_COUNTED at most; one query."""
    if not found:
        return {}
    parts: list[str] = []
    params: list[Any] = []
    for rows in found.values():
        sql, values = rows.order_by().values("pk")[:MOST_COUNTED].query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS part)")  # noqa: S608 - compiled by Django
        params += values
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        return dict(zip(found, cursor.fetchone(), strict=True))


def _rank_rows(rows: QuerySet[Any], kind: Kind, asked: Query) -> QuerySet[Any]:
    """With what a page is sorted by: ``has_all_words`` (1 or 0), then ``relevance``, a whole
    number, so that a page begins exactly where the last ended."""
    ranked: QuerySet[Any] = rows.annotate(
        has_all_words=Case(When(kind.matches(asked), then=1), default=0),
        relevance=Cast(Round(rank(asked, kind.field) * 1_000_000), IntegerField()),
    )
    return ranked


def _url(words: str, kind: str, after: str = "") -> str:
    params = QueryDict(mutable=True)
    params["q"], params["kind"] = words, kind
    if after:
        params["after"] = after
    return f"{reverse('portal:search')}?{params.urlencode()}"


def _tabs(words: str, chosen: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "label": kind.label,
            "url": _url(words, name),
            "current": name == chosen,
            "count": f"{MOST_COUNTED}+" if counts[name] >= MOST_COUNTED else counts[name],
        }
        for name, kind in KINDS.items()
    ]
