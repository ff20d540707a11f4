"""Search over consultations, petitions, polls, clauses and remarks: in every form of a word, and
past a slip."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Round
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from consultations import pages, reading
from consultations.models import Consultation, Remark
from core import markup
from core.pages import shared_page
from core.paging import page_of
from core.search import ALIKE, Fragments, Query, excerpt, query, rank, similar
from drafts.models import Clause, Version
from petitions import pages as petition_pages
from petitions import reading as petition_reading
from petitions.models import Petition
from votes import pages as poll_pages
from votes.models import Poll

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


def _topics() -> list[str]:
    return ["consultations", "petitions", "polls"]


@require_safe
@shared_page(_topics)
def search(request: HttpRequest) -> HttpResponse:
    """What was found, by kind. Anybody; only what is public is looked through."""
    return render(request, "portal/search.html", context(request.GET))


def context(params: QueryDict) -> dict[str, Any]:
    """``q``: the words; ``kind``: one of KINDS; ``after``: a page's cursor."""
    words = " ".join(params.get("q", "").replace("\0", " ").split())[:LONGEST]
    asked = query(words)
    if asked.is_empty:
        return {"words": words, "asked": bool(words)}
    found = _found(asked)
    counts = _counts(found)
    forgiven = not any(counts.values())
    if forgiven:
        asked = query(words, forgiving=True)
        found = _found(asked, alike=words)
        counts = _counts(found)
    kind = params.get("kind", "")
    if kind not in KINDS:
        kind = next((name for name, count in counts.items() if count), "consultations")
    page = page_of(
        _ranked(found[kind], KINDS[kind].field, asked),
        order=("-relevance", "-pk"),
        after=params.get("after", ""),
        size=_SIZE,
    )
    return {
        "words": words,
        "asked": True,
        "forgiven": forgiven and any(counts.values()),
        "kind": kind,
        "results": [KINDS[kind].draw(row, asked) for row in page],
        "tabs": _tabs(words, kind, counts),
        "next_url": _address(words, kind, page.next_cursor) if page.next_cursor else "",
        "previous_url": _address(words, kind, page.previous_cursor) if page.previous_cursor else "",
    }


def _found(asked: Query, alike: str = "") -> dict[str, QuerySet[Any]]:
    """All that is public and answers, by kind; ``alike``: also titles that look like it."""
    found = {name: kind.public().filter(**{kind.field: asked}) for name, kind in KINDS.items()}
    if alike:
        likely = Consultation.objects.annotate(likeness=similar("title", alike))
        likely = likely.filter(likeness__gte=ALIKE).order_by("-likeness").values("pk")[:_SIZE]
        found["consultations"] = _consultations().filter(Q(search=asked) | Q(pk__in=likely))
    return found


def _counts(found: dict[str, QuerySet[Any]]) -> dict[str, int]:
    return {name: rows.order_by()[:MOST_COUNTED].count() for name, rows in found.items()}


def _ranked(rows: QuerySet[Any], field: str, asked: Query) -> QuerySet[Any]:
    """With ``relevance``: a whole number, so that a page begins exactly where the last ended."""
    return rows.annotate(relevance=Cast(Round(rank(asked, field) * 1_000_000), IntegerField()))


def _address(words: str, kind: str, after: str = "") -> str:
    params = QueryDict(mutable=True)
    params["q"], params["kind"] = words, kind
    if after:
        params["after"] = after
    return f"{reverse('portal:search')}?{params.urlencode()}"


def _tabs(words: str, chosen: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "label": kind.label,
            "url": _address(words, name),
            "current": name == chosen,
            "count": f"{MOST_COUNTED}+" if counts[name] >= MOST_COUNTED else counts[name],
        }
        for name, kind in KINDS.items()
    ]


def _consultations() -> QuerySet[Any]:
    return reading.for_page(Consultation.objects.published())


def _consultation(found: Consultation, asked: Query) -> Result:
    pages.show_state(found)
    body = " ".join((found.summary, found.problem, found.options, found.affected))
    return Result(
        found.get_absolute_url(),
        excerpt(found.title, asked, length=len(found.title) + 1),
        excerpt(body, asked),
        found,
    )


def _petitions() -> QuerySet[Any]:
    return petition_reading.for_page(Petition.objects.published())


def _petition(found: Petition, asked: Query) -> Result:
    petition_pages.show(found)
    return Result(
        found.get_absolute_url(),
        excerpt(found.title, asked, length=len(found.title) + 1),
        excerpt(f"{found.text} {found.reasons}", asked),
        found,
    )


def _polls() -> QuerySet[Any]:
    return poll_pages.for_page(Poll.objects.published())


def _poll(found: Poll, asked: Query) -> Result:
    poll_pages.show(found)
    return Result(
        found.get_absolute_url(),
        excerpt(found.title, asked, length=len(found.title) + 1),
        excerpt(found.summary, asked),
        found,
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
        f"{consultation.get_absolute_url()}#c-{found.key}",
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


KINDS = {
    "consultations": Kind(_("Consultations"), _consultations, "search", _consultation),
    "petitions": Kind(_("Petitions"), _petitions, "search", _petition),
    "polls": Kind(_("Polls"), _polls, "search", _poll),
    "clauses": Kind(_("Clauses of drafts"), _clauses, "search", _clause),
    "remarks": Kind(_("Remarks"), _remarks, "comment__search", _remark),
}
