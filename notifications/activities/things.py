"""The things that activities are about, as everybody may read them now: one query a kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from appeals.models import Answer, Appeal
from consultations.models import Consultation, Remark
from core.domain.calendar import last_date
from core.domain.clock import Now
from meetings.models import Meeting
from newsroom.models import Article
from notifications.activities.wording import Verb, key_of
from notifications.models import Activity
from petitions.models import Petition
from votes.models import Poll

_REMARK = (Verb.PUBLISHED, "remark")
#: The kinds of things, each a column of ``Activity``.
THINGS = ("consultation", "petition", "poll", "meeting", "appeal", "article")


@dataclass(frozen=True, slots=True)
class Thing:
    """The subject of an activity, in the active language."""

    title: str
    path: str
    #: Until when one can take part, or when it is, in words; "".
    until: str = ""
    #: The account of the one person who may read it; None: everybody may.
    owner_id: int | None = None


class Things:
    """The things of some activities as they stand at a moment; what is not public is not there."""

    def __init__(self, activities: Collection[Activity], now: datetime) -> None:
        self._now = now
        ids: dict[str, set[int]] = defaultdict(set)
        for activity in activities:
            kind, pk = thing_of(activity)
            ids[kind].add(pk)
        self._rows: dict[str, Mapping[int, Any]] = {
            kind: {row.pk: row for row in _READERS[kind](those)} for kind, those in ids.items()
        }
        appeals = self._rows.get("appeal", {})
        published = Answer.objects.published().filter(appeal__in=appeals) if appeals else ()
        self._answers = {answer.pk: answer for answer in published}
        said = [_id_in(each) for each in activities if key_of(each) == _REMARK]
        remarks = Remark.objects.public().filter(pk__in=said) if said else Remark.objects.none()
        self._remarks = {remark.pk: remark for remark in remarks}

    def thing(self, activity: Activity) -> Thing | None:
        """The activity's subject, or None: nobody may read it now, or it does not hold any more."""
        kind, pk = thing_of(activity)
        row = self._rows[kind].get(pk)
        if row is None:
            return None
        if kind == "appeal":
            return self._appeal(activity, row)
        if key_of(activity) == _REMARK:
            remark = self._remarks.get(_id_in(activity))
            return Thing(row.title, remark.get_absolute_url()) if remark else None
        return _SHOWN[kind](activity, row, self._now)

    def _appeal(self, activity: Activity, appeal: Appeal) -> Thing | None:
        """Its own number for who filed it, the published answer for everybody."""
        if activity.verb == Verb.PUBLISHED:
            answer = self._answers.get(_id_in(activity))
            if answer is None:
                return None
            return Thing(answer.public_subject, reverse("appeals:answer", args=[answer.pk]))
        if appeal.author_id is None:
            return None
        title = _("Appeal № %(number)s") % {"number": appeal.label}
        return Thing(title, appeal.get_absolute_url(), owner_id=appeal.author_id)


def thing_of(activity: Activity) -> tuple[str, int]:
    """The kind and the id of what an activity is about."""
    for kind in THINGS:
        if (pk := getattr(activity, f"{kind}_id")) is not None:
            return kind, pk
    raise ValueError(f"activity {activity.pk} is about nothing")


def _id_in(activity: Activity) -> int:
    """The id that its ``about`` ends in."""
    return int(activity.about.rpartition(":")[2])


def _consultation(activity: Activity, row: Consultation, now: datetime) -> Thing | None:
    verb, about = key_of(activity)
    is_open = row.closes_at is not None and now < row.closes_at and row.reported_at is None
    if (verb == Verb.CANCELLED) != (row.withdrawn_at is not None):
        return None
    if verb == Verb.CLOSES and not (is_open and _is_last_day(activity, row.closes_at)):
        return None
    if (verb, about) == (Verb.ANSWERED, "consultation") and row.reported_at is None:
        return None
    return Thing(row.title, row.get_absolute_url(), _last_day(row.closes_at) if is_open else "")


def _petition(activity: Activity, row: Petition, now: datetime) -> Thing | None:
    is_open = row.is_open_at(now)
    holds: dict[tuple[str, str], object] = {
        (Verb.CANCELLED, "petition"): row.withdrawn_at,
        (Verb.CHANGED, "reached"): row.reached_at,
        (Verb.CLOSED, "petition"): row.handed_over_at and row.reached_at is None,
        (Verb.CHANGED, "review"): row.review_at,
        (Verb.DECIDED, "petition"): row.decided_at,
        (Verb.ANSWERED, "petition"): row.answered_at,
    }
    is_withdrawn = row.withdrawn_at is not None
    if is_withdrawn != (activity.verb == Verb.CANCELLED) or not holds.get(key_of(activity), True):
        return None
    if activity.verb == Verb.CLOSES and not (is_open and _is_last_day(activity, row.closes_at)):
        return None
    return Thing(row.title, row.get_absolute_url(), _last_day(row.closes_at) if is_open else "")


def _poll(activity: Activity, row: Poll, now: datetime) -> Thing | None:
    is_open = row.closes_at is not None and now < row.closes_at
    if (row.cancelled_at is not None) != (activity.verb == Verb.CANCELLED):
        return None
    if activity.verb == Verb.CLOSES and not (is_open and _is_last_day(activity, row.closes_at)):
        return None
    if activity.verb == Verb.DECIDED and row.published_at is None:
        return None
    return Thing(row.title, row.get_absolute_url(), _last_day(row.closes_at) if is_open else "")


def _meeting(activity: Activity, row: Meeting, now: datetime) -> Thing | None:
    if (row.cancelled_at is not None) != (activity.verb == Verb.CANCELLED):
        return None
    if key_of(activity) == (Verb.CHANGED, "minutes") and row.minutes_published_at is None:
        return None
    is_ahead = row.opened_at is None and row.cancelled_at is None
    when = formats.date_format(timezone.localtime(row.begins_at), "j E, H:i") if is_ahead else ""
    return Thing(row.title, row.get_absolute_url(), when)


def _article(_activity: Activity, row: Article, _now: datetime) -> Thing | None:
    is_english = get_language() == "en" and row.title_en
    return Thing(row.title_en if is_english else row.title, row.get_absolute_url())


def _is_last_day(activity: Activity, closes_at: datetime | None) -> bool:
    """Whether it says of the day on which it closes now ("petition:7:2026-12-01")."""
    day = activity.about.rpartition(":")[2]
    return closes_at is not None and last_date(closes_at) == date.fromisoformat(day)


def _last_day(closes_at: datetime | None) -> str:
    if closes_at is None:
        return ""
    return _("until %(day)s") % {"day": formats.date_format(last_date(closes_at), "j E")}


_SHOWN: dict[str, Callable[[Activity, Any, datetime], Thing | None]] = {
    "consultation": _consultation,
    "petition": _petition,
    "poll": _poll,
    "meeting": _meeting,
    "article": _article,
}
_READERS: dict[str, Callable[[set[int]], Iterable[Any]]] = {
    "consultation": lambda ids: (
        Consultation.objects.published()
        .filter(pk__in=ids)
        .only("title", "closes_at", "reported_at", "withdrawn_at")
    ),
    "petition": lambda ids: (
        Petition.objects.published().filter(pk__in=ids).defer("text", "reasons", "search")
    ),
    "poll": lambda ids: Poll.objects.published().filter(pk__in=ids).defer("summary", "search"),
    "meeting": lambda ids: (
        Meeting.objects.published()
        .filter(pk__in=ids)
        .only("title", "begins_at", "opened_at", "cancelled_at", "minutes_published_at")
    ),
    "appeal": lambda ids: Appeal.objects.filter(pk__in=ids).only(
        "author", "registered_on", "number", "kind"
    ),
    "article": lambda ids: Article.objects.filter(
        pk__in=ids, withdrawn_at=None, publish_at__lte=Now()
    ).defer("text", "text_en"),
}
