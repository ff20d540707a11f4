"""Search over consultations, petitions, polls, news, answers, acts, pages of the council, clauses
and remarks: in every form of a word, and past a slip."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, When
from django.db.models.functions import Cast, Round
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from appeals.actions.answers import PUBLISHED
from appeals.models import Answer
from consultations import reading
from consultations.acts.handlers import TOPIC as ACTS
from consultations.acts.reading import acts
from consultations.models import Consultation, Remark
from consultations.presenters import ShownConsultation
from core.db.paging import page_of
from core.db.search import (
    ALIKE,
    Fragments,
    Query,
    excerpt,
    lemmas,
    query,
    rank,
    similar,
    switch_layout,
)
from core.web import markup
from core.web.pages import shared_page
from drafts.keys import anchor_of
from drafts.models import Clause, Version
from newsroom import reading as news_reading
from newsroom.council_pages import markup as page_markup
from newsroom.council_pages.handlers import TOPIC as PAGES
from newsroom.models import Article, Page
from newsroom.presenters import ShownArticle
from petitions import reading as petition_reading
from petitions.models import Petition
from petitions.presenters import ShownPetition
from votes import pages as poll_pages
from votes.models import Poll
from votes.presenters import PollRow, ShownPoll

if TYPE_CHECKING:
    from consultations.presenters import ConsultationRow
    from petitions.presenters import PetitionNow

LONGEST = 200
_SIZE = 10
#: Counts on the tabs stop here.
MOST_COUNTED = 1000


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the answer: where it leads, what it is, and the words that were found."""

    url: str
    title: Fragments
    excerpt: Fragments
    of: Any


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that can be found: all that is public, and how one is shown."""

    label: str | Promise
    public: Callable[[], QuerySet[Any]]
    #: The column of what is searched for.
    field: str
    draw: Callable[[Any, Query], Result]
    #: What is found beside that: by a number, which is no word.
    also: Callable[[Query], Q] = lambda _asked: Q()

    def matches(self, asked: Query) -> Q:
        return Q(**{self.field: asked}) | self.also(asked)


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
    topic = _topic_of(words)
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


def _topic_of(words: str) -> str:
    """The words without those that only name a kind of thing, unless there are no others."""
    rest = " ".join(word for word in words.split() if not _kinds_named(word))
    return words if query(rest).is_empty else rest


def _first_kind(words: str, attempt: Attempt) -> str:
    """The kind that the words name («петиція про парк»), or else the first that has something."""
    filled = [name for name, count in attempt.counts.items() if count]
    named = [name for name in filled if name in _kinds_named(words)]
    return next(iter(named + filled), "consultations")


def _kinds_named(words: str) -> set[str]:
    sought = set(lemmas(words))
    return {name for name, words in _KIND_WORDS.items() if sought & set(lemmas(words))}


def _find(asked: Query, alike: str = "") -> dict[str, QuerySet[Any]]:
    """All that is public and answers, by kind; ``alike``: also titles that look like it."""
    found = {name: kind.public().filter(kind.matches(asked)) for name, kind in KINDS.items()}
    if alike:
        alike_titles = Consultation.objects.annotate(likeness=similar("title", alike))
        alike_titles = alike_titles.filter(likeness__gte=ALIKE).order_by("-likeness")
        likely = alike_titles.values("pk")[:_SIZE]
        found["consultations"] = _consultations().filter(Q(search=asked) | Q(pk__in=likely))
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


def _consultations() -> QuerySet[Any]:
    return reading.for_page(Consultation.objects.published())


def _consultation(found: ConsultationRow, asked: Query) -> Result:
    body = " ".join((found.summary, found.problem, found.options, found.affected))
    return Result(
        found.get_absolute_url(),
        excerpt(found.title, asked, length=len(found.title) + 1),
        excerpt(body, asked),
        ShownConsultation.of(found),
    )


def _petitions() -> QuerySet[Any]:
    return petition_reading.for_page(Petition.objects.published())


def _petition(found: PetitionNow, asked: Query) -> Result:
    return Result(
        found.get_absolute_url(),
        excerpt(found.title, asked, length=len(found.title) + 1),
        excerpt(f"{found.text} {found.reasons}", asked),
        ShownPetition.of(found),
    )


def _polls() -> QuerySet[Any]:
    return poll_pages.for_page(Poll.objects.published())


def _poll(found: PollRow, asked: Query) -> Result:
    return Result(
        found.get_absolute_url(),
        excerpt(found.title, asked, length=len(found.title) + 1),
        excerpt(found.summary, asked),
        ShownPoll.of(found),
    )


def _clauses() -> QuerySet[Any]:
    """Clauses of the newest published version of every draft that is under consultation."""
    later = Version.objects.published().filter(
        draft=OuterRef("version__draft"), number__gt=OuterRef("version__number")
    )
    return (
        Clause.objects.filter(
            ~Exists(later),
            version__published_at__isnull=False,
            version__draft__consultation__in=Consultation.objects.published(),
        )
        .select_related("version__draft__consultation")
        .defer("html", "search", "version__draft__consultation__search")
    )


def _clause(found: Clause, asked: Query) -> Result:
    consultation = found.version.draft.consultation
    return Result(
        f"{consultation.get_absolute_url()}#{anchor_of(found.key)}",
        [(found.label or found.get_kind_display(), False)],
        excerpt(found.text, asked),
        consultation,
    )


def _remarks() -> QuerySet[Any]:
    return reading.drawable(Remark.objects.public()).select_related("consultation")


def _remark(found: Remark, asked: Query) -> Result:
    comment = found.comment
    return Result(
        found.get_absolute_url(),
        [(f"{found.get_kind_display()}, {comment.voice}", False)],
        excerpt(markup.plain(f"{comment.text}\n\n{comment.proposal}"), asked),
        found.consultation,
    )


def _answers() -> QuerySet[Any]:
    """What everybody reads of them, and nothing else of the appeal."""
    rows = Answer.objects.published().select_related("appeal__department")
    return rows.only(
        *("published_at", "public_subject", "public_question", "public_text"),
        *("appeal__department__name", "appeal__department__name_en"),
    )


def _answer(found: Answer, asked: Query) -> Result:
    return Result(
        reverse("appeals:answer", args=[found.pk]),
        excerpt(found.public_subject, asked, length=len(found.public_subject) + 1),
        excerpt(f"{found.public_question} {found.public_text}", asked),
        found,
    )


def _news() -> QuerySet[Any]:
    return news_reading.for_page(Article.objects.published())


def _article(found: Any, asked: Query) -> Result:
    shown = ShownArticle.of(found)
    text = found.text_en if shown.is_translated else found.text
    return Result(
        found.get_absolute_url(),
        excerpt(shown.title, asked, length=len(shown.title) + 1),
        excerpt(f"{shown.summary} {markup.plain(text)}", asked),
        shown,
    )


def _act(found: Any, asked: Query) -> Result:
    title, summary = found.consultation.title, found.consultation.summary
    return Result(
        reverse("acts:act", args=[found.pk]),
        excerpt(title, asked, length=len(title) + 1),
        excerpt(summary, asked),
        found,
    )


def _by_number(asked: Query) -> Q:
    """Acts of the number that was typed («№ 412», «рішення 412»)."""
    number = _topic_of(asked.text).strip("№ .,:;")
    return Q(number__iexact=number) if number else Q()


def _council_pages() -> QuerySet[Any]:
    return Page.objects.select_related("current").filter(current__isnull=False).defer("search")


def _council_page(found: Any, asked: Query) -> Result:
    shown = found.current
    return Result(
        found.get_absolute_url(),
        excerpt(shown.shown_title, asked, length=len(shown.shown_title) + 1),
        excerpt(page_markup.plain(shown.shown_text), asked),
        shown,
    )


KINDS = {
    "consultations": Kind(_("Consultations"), _consultations, "search", _consultation),
    "petitions": Kind(_("Petitions"), _petitions, "search", _petition),
    "polls": Kind(_("Polls"), _polls, "search", _poll),
    "news": Kind(_("News"), _news, "search", _article),
    "answers": Kind(_("Questions and answers"), _answers, "public_search", _answer),
    "acts": Kind(_("Acts"), acts, "consultation__search", _act, _by_number),
    "pages": Kind(_("About the council"), _council_pages, "search", _council_page),
    "clauses": Kind(_("Clauses of drafts"), _clauses, "search", _clause),
    "remarks": Kind(_("Remarks"), _remarks, "comment__search", _remark),
}

#: Words that name a kind of thing rather than its subject.
_KIND_WORDS = {
    "consultations": "консультація обговорення",
    "petitions": "петиція",
    "polls": "опитування голосування",
    "answers": "відповідь запитання",
    "acts": "акт рішення",
    "news": "новина оголошення подія",
}
