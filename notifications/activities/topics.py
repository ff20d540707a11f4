"""Topics of public things: the thing itself, and what else people follow that it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, QuerySet, Value

from appeals.models import Answer
from consultations.models import Consultation
from meetings.models import Item, Meeting
from meetings.rollcalls.models import Vote
from newsroom.models import Article
from petitions.models import Petition
from votes.models import Option, Poll

type Topics = dict[int, list[str]]


def topics_of(kind: str, ids: Iterable[int]) -> Topics:
    """The topics of things of one kind ("petition") by their ids; without those that nobody may
    read. A fixed number of queries, however many."""
    return _READERS[kind](list(ids))


def topics_of_answers(ids: Iterable[int]) -> Topics:
    """Theme and district of published answers to appeals, by the ids of the answers: nothing of
    the appeal itself (393/96-ВР art. 10)."""
    rows = Answer.objects.published().filter(pk__in=list(ids))
    found = rows.values_list("pk", "appeal__theme", "appeal__district")
    return {
        pk: _name_topics("theme", [theme]) + _name_topics("district", [district])
        for pk, theme, district in found
    }


def topics_of_votes(meeting_id: int) -> list[str]:
    """The deputies whose votes in roll-calls of a meeting everybody reads."""
    votes = Vote.objects.filter(
        roll_call__item__meeting=meeting_id, roll_call__published_at__isnull=False
    )
    deputies = votes.order_by("deputy").values_list("deputy", flat=True).distinct()
    return _name_topics("deputy", deputies)


def _of_consultations(ids: list[int]) -> Topics:
    return _of_places("consultation", Consultation.objects.published().filter(pk__in=ids))


def _of_petitions(ids: list[int]) -> Topics:
    return _of_places("petition", Petition.objects.published().filter(pk__in=ids))


def _of_polls(ids: list[int]) -> Topics:
    """Also where its options are, and those of the consultation whose page it stands on. Surveys
    of who sits in a hall are none of a follower's."""
    rows = Poll.objects.published().filter(pk__in=ids, is_quick=False)
    topics = {
        pk: [f"poll:{pk}", *_name_topics("district", [district])]
        for pk, district in rows.values_list("pk", "district")
    }
    options = Option.objects.filter(question__poll__in=topics)
    for pk, *where in options.values_list("question__poll", "district", "street"):
        found = _name_topics("district", where[:1]) + _name_topics("street", where[1:])
        topics[pk] += [topic for topic in found if topic not in topics[pk]]
    beside = dict(Consultation.objects.filter(poll__in=topics).values_list("pk", "poll"))
    for pk, more in _of_consultations(list(beside)).items():
        own = topics[beside[pk]]
        own += [topic for topic in more if topic not in own]
    return topics


def _of_meetings(ids: list[int]) -> Topics:
    """Also the consultations and petitions on its agenda."""
    topics = _of_places("meeting", Meeting.objects.published().filter(pk__in=ids))
    items = Item.objects.filter(meeting__in=topics).exclude(state=Item.State.DROPPED)
    about = items.exclude(consultation=None, petition=None).order_by("pk")
    for meeting, *matter in about.values_list("meeting", "consultation", "petition"):
        own = topics[meeting]
        found = _name_topics("consultation", matter[:1]) + _name_topics("petition", matter[1:])
        own += [topic for topic in found if topic not in own]
    return topics


def _of_articles(ids: list[int]) -> Topics:
    """Also what it is about. Nobody follows a piece of news itself."""
    rows = Article.objects.filter(pk__in=ids, withdrawn_at=None)
    topics = {pk: own[1:] for pk, own in _of_places("article", rows).items()}
    for kind in ("consultation", "petition", "poll", "meeting"):
        pairs = getattr(Article, f"{kind}s").through.objects.filter(article__in=topics)
        for pk, thing in pairs.order_by("pk").values_list("article", kind):
            topics[pk].append(f"{kind}:{thing}")
    return topics


def _of_places(kind: str, rows: QuerySet[Any]) -> Topics:
    """Topics of things with themes, a district and streets: one query."""
    several = {
        name: ArrayAgg(
            name, distinct=True, filter=Q(**{f"{name}__isnull": False}), default=Value([])
        )
        for name in ("themes", "streets")
    }
    found = (
        rows.order_by()
        .values("pk", "district")
        .annotate(**{f"{name}_ids": ids for name, ids in several.items()})
    )
    return {
        row["pk"]: [
            f"{kind}:{row['pk']}",
            *_name_topics("theme", row["themes_ids"]),
            *_name_topics("district", [row["district"]]),
            *_name_topics("street", row["streets_ids"]),
        ]
        for row in found
    }


def _name_topics(kind: str, ids: Iterable[int | None]) -> list[str]:
    return [f"{kind}:{pk}" for pk in ids if pk is not None]


_READERS: dict[str, Callable[[list[int]], Topics]] = {
    "consultation": _of_consultations,
    "petition": _of_petitions,
    "poll": _of_polls,
    "meeting": _of_meetings,
    "article": _of_articles,
}
