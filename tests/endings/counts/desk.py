"""The queue of moderation, news, lists of the city and panels."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from uuid import UUID

from city.models import District
from core.domain import clock
from insights.models import Panel
from moderation import queries as moderation
from moderation.models import Contest, QueueItem, Ruling
from moderation.statistics.queries import statistics
from newsroom.models import Article
from portal.city.queries import of_index
from tests import factories, people
from tests.endings.counts.kind import Figure, Kind, write
from tests.endings.counts.moments import DAY, FUTURE, NOW, PAST
from tests.endings.counts.remarks import say

_DIGEST = UUID(int=1)


def _open_consultation() -> SimpleNamespace:
    names = ("olena", "bohdan", "mo", "ofi", "admin", "stranger")
    at = SimpleNamespace(**{name: people.load(name) for name in names})
    at.department = people.load_department()
    at.consultation = factories.consultation(at.department)
    at.other = factories.user("other-moderator", role="moderator")
    return at


def _queue_item(at: Any) -> QueueItem:
    comment = say(at, at.olena).comment
    said = {"comment": comment, "thread": comment.thread, "digest": _DIGEST}
    return QueueItem.objects.create(risk=30, why=["new"], since=clock.now(), **said)


_HELD = {"claimed_until": FUTURE}
_EXPIRED = {"claimed_until": PAST}


def _claim(who: str, **values: Any) -> Any:
    return lambda row, at: write(QueueItem, row.pk, claimed_by=getattr(at, who), **values)


_WAITING = "ordinary mine mine-expired others others-expired"
QUEUE = Kind(
    "a comment in the queue",
    _open_consultation,
    _queue_item,
    {
        "without-risk": {"risk": 0},
        "settled": lambda row, at: write(QueueItem, row.pk, settled_at=NOW, settled_by=at.mo),
        "mine": _claim("mo", **_HELD),
        "mine-expired": _claim("mo", **_EXPIRED),
        "others": _claim("other", **_HELD),
        "others-expired": _claim("other", **_EXPIRED),
    },
    (
        Figure(
            "moderation/queries.py queue_size",
            lambda at: moderation.queue_size(at.mo),
            _WAITING,
        ),
        Figure(
            "moderation/queries.py counts",
            lambda at: moderation.counts(**moderation.waiting_of(at.mo)),
            {"waiting": _WAITING, "mine": "mine"},
        ),
        Figure(
            "moderation/queries.py same_words",
            lambda at: moderation.same_words(at.mo, [_DIGEST]).get(_DIGEST),
            "ordinary without-risk mine mine-expired others-expired",
        ),
        Figure(
            "moderation/querysets.py QueueItemQuerySet.moderated_by",
            lambda at: {
                "moderator": QueueItem.objects.moderated_by(at.mo),
                "officer": QueueItem.objects.moderated_by(at.ofi),
            },
            {"moderator": f"{_WAITING} without-risk settled"},
        ),
        Figure(
            "moderation/querysets.py QueueItemQuerySet.waiting",
            lambda at: QueueItem.objects.waiting(),
            _WAITING,
        ),
        Figure(
            "moderation/querysets.py QueueItemQuerySet.held_by",
            lambda at: QueueItem.objects.held_by(at.mo),
            "mine",
        ),
        Figure(
            "moderation/querysets.py QueueItemQuerySet.undecided_for",
            lambda at: QueueItem.objects.undecided_for(at.mo),
            "ordinary without-risk mine mine-expired others-expired",
        ),
        Figure(
            "moderation/querysets.py QueueItemQuerySet.free_for",
            lambda at: QueueItem.objects.free_for(at.mo),
            "ordinary mine mine-expired others-expired",
        ),
    ),
)


def _contest(at: Any) -> Contest:
    """Olena's, against what another moderator decided."""
    comment = say(at, at.olena).comment
    ruling = Ruling.objects.create(
        comment=comment, kind="hidden", rule="spam", by=at.other, at=clock.now()
    )
    said = {"ruling": ruling, "by": at.olena, "against": at.other, "words": "Чому?"}
    return Contest.objects.create(at=clock.now(), **said)


def _decide(outcome: str) -> Any:
    return lambda row, at: write(
        Contest, row.pk, outcome=outcome, reason="так", decided_by=at.mo, decided_at=NOW
    )


def _decisions(_at: Any) -> dict[str, int]:
    found = statistics().total
    if found is None:
        return {}
    names = ("decisions", "contested", "overturned", "restored")
    return {name: getattr(found, name) or 0 for name in names}


_ALL = "ordinary upheld overturned against-me mine reversed"
CONTESTS = Kind(
    "a contest that waits",
    _open_consultation,
    _contest,
    {
        "upheld": _decide("upheld"),
        "overturned": _decide("overturned"),
        "against-me": lambda row, at: write(Contest, row.pk, against=at.mo),
        "mine": lambda row, at: write(Contest, row.pk, by=at.mo),
        "reversed": lambda row, at: write(Ruling, row.ruling_id, reversed_at=NOW),
        "not-contested": lambda row, at: row.delete(),
    },
    (
        Figure(
            "moderation/queries.py counts · contests",
            lambda at: moderation.counts(**moderation.waiting_of(at.mo)),
            {"contests": "ordinary reversed"},
        ),
        Figure(
            "moderation/querysets.py ContestQuerySet.pending",
            lambda at: Contest.objects.pending(),
            "ordinary against-me mine reversed",
        ),
        Figure(
            "moderation/querysets.py ContestQuerySet.moderated_by",
            lambda at: {
                "moderator": Contest.objects.moderated_by(at.mo),
                "officer": Contest.objects.moderated_by(at.ofi),
            },
            {"moderator": _ALL},
        ),
        Figure(
            "moderation/statistics/queries.py -",
            _decisions,
            {
                "decisions": f"{_ALL} not-contested",
                "contested": _ALL,
                "overturned": "overturned",
                "restored": "reversed",
            },
        ),
    ),
)


# --- news -----------------------------------------------------------------------------------------


_APPEARED = "ordinary withdrawn event"
ARTICLES = Kind(
    "a published article",
    _open_consultation,
    lambda at: Article.objects.create(
        kind="news",
        department=at.department,
        title="Новина",
        summary="Коротко",
        text="Довго",
        publish_at=clock.now(),
    ),
    {
        "draft": {"publish_at": None},
        "planned": {"publish_at": FUTURE},
        "withdrawn": {"withdrawn_at": NOW, "withdrawn_reason": "помилка", "is_told": True},
        "event": {"kind": "event", "begins_at": FUTURE, "place": "Площа"},
    },
    (
        Figure(
            "newsroom/querysets.py ArticleQuerySet.appeared",
            lambda at: Article.objects.appeared(),
            _APPEARED,
        ),
        Figure(
            "newsroom/querysets.py ArticleQuerySet.published",
            lambda at: Article.objects.published(),
            "ordinary event",
        ),
        Figure(
            "newsroom/querysets.py ArticleQuerySet.planned",
            lambda at: Article.objects.planned(),
            "planned",
        ),
        Figure(
            "newsroom/querysets.py ArticleQuerySet.drafts",
            lambda at: Article.objects.drafts(),
            "draft",
        ),
        Figure(
            "newsroom/querysets.py ArticleQuerySet.withdrawn",
            lambda at: Article.objects.withdrawn(),
            "withdrawn",
        ),
        Figure(
            "newsroom/querysets.py ArticleQuerySet.events",
            lambda at: Article.objects.events(),
            "event",
        ),
        Figure(
            "newsroom/querysets.py ArticleQuerySet.visible_to",
            lambda at: {
                "resident": Article.objects.visible_to(at.olena),
                "stranger": Article.objects.visible_to(at.stranger),
                "officer": Article.objects.visible_to(at.ofi),
            },
            {
                "resident": "ordinary event",
                "stranger": "ordinary event",
                "officer": f"{_APPEARED} draft planned",
            },
        ),
        Figure(
            "newsroom/querysets.py ArticleQuerySet.edited_by",
            lambda at: {
                "resident": Article.objects.edited_by(at.olena),
                "stranger": Article.objects.edited_by(at.stranger),
                "officer": Article.objects.edited_by(at.ofi),
            },
            {"officer": f"{_APPEARED} draft planned"},
        ),
    ),
)


# --- lists of the city, panels --------------------------------------------------------------------


def _districts(_at: Any) -> dict[str, int]:
    return next(numbers for each, numbers in of_index()["lists"] if each.model is District)


DISTRICTS = Kind(
    "a district",
    lambda: None,
    lambda at: District.objects.create(name="Новий", slug="new"),
    {"closed": {"closed_at": NOW}},
    (
        Figure(
            "portal/city/queries.py of_index",
            _districts,
            {"open": "ordinary", "closed": "closed"},
        ),
        Figure(
            "city/lists/models.py NamedQuerySet.open",
            lambda at: District.objects.open(),
            "ordinary",
        ),
        Figure(
            "city/lists/models.py NamedQuerySet.offered",
            lambda at: District.objects.offered(),
            "ordinary",
        ),
    ),
)

PANELS = Kind(
    "a panel whose list is published",
    _open_consultation,
    lambda at: Panel.objects.create(
        year=2026,
        quarter=1,
        question="Чи довіряєте?",
        seats=10,
        seed_at=clock.now() + DAY,
        closes_at=clock.now() + 9 * DAY,
        listed_at=clock.now(),
        list_hash="0" * 64,
    ),
    {"preparing": {"listed_at": None, "list_hash": ""}},
    (
        Figure(
            "insights/panel/models.py PanelQuerySet.visible_to",
            lambda at: {
                "resident": Panel.objects.visible_to(at.olena),
                "moderator": Panel.objects.visible_to(at.mo),
                "administrator": Panel.objects.visible_to(at.admin),
            },
            {
                "resident": "ordinary",
                "moderator": "ordinary",
                "administrator": "ordinary preparing",
            },
        ),
    ),
)

KINDS = (QUEUE, CONTESTS, ARTICLES, DISTRICTS, PANELS)
