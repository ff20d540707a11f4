"""Recipients told of a consultation: the traces of mails for its bundle of evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.db.models import Count as CountRows
from django.db.models import F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import TruncHour

from consultations.evidence.notices import Count, Notice, count_source, evidence_source
from consultations.models import Consultation, DateChange, Decision, DecisionChange, Edition
from discussions.models import Comment, Correction
from drafts.models import Version
from moderation.models import Contest
from notifications.mails.decisions import TEMPLATE as DECIDED
from notifications.models import Sent

_CHUNK = 500
#: The template of mails about other dates (notifications.handlers.dates_changed).
DATES_CHANGED = "consultations/dates_changed"


def _part(place: int) -> Func:
    """A part of an event, of those between colons."""
    parts = (F("event"), Value(":"), Value(place))
    return Func(*parts, function="split_part", output_field=TextField())


#: An event without its template: ``consultation:12``.
_ABOUT = Func(
    F("event"),
    Value("^[^:]*:"),
    Value(""),
    function="regexp_replace",
    output_field=TextField(),
)
#: The comment that a mail of its hiding or showing again is about: it is told each time, so a time
#: follows (notifications.mails.moderation).
_MODERATED = _part(2)


@evidence_source
def notices_of(consultation_id: int) -> Iterator[Notice]:
    """Mails about the consultation, its dates, what was said in it and moderators' decisions on
    that, by the time of sending."""
    thread = Consultation.objects.values_list("thread", flat=True).get(pk=consultation_id)
    said = list(Comment.objects.filter(thread=thread).values_list("pk", flat=True))
    about = (
        _told_mails()
        .annotate(about=_ABOUT, moderated=_MODERATED)
        .filter(
            Q(about__in=_abouts(consultation_id, said))
            | Q(moderated__in=map(str, said))
            | Q(event__in=_changes(consultation_id))
        )
    )
    for sent in about.select_related("user").order_by("at", "pk").iterator(_CHUNK):
        user = sent.user
        if user is not None:
            yield Notice(sent.at, sent.event, user.pk, user.public_name)


@count_source
def count_notices(since: datetime, until: datetime) -> Iterator[Count]:
    """Number of these mails in each hour, by what they were about: one query for all consultations,
    and one for each kind of thing.
    """
    within = _told_mails().filter(at__gte=since, at__lt=until)
    hours = within.annotate(hour=TruncHour("at", tzinfo=UTC))
    groups = hours.annotate(
        **{name: _part(place) for place, name in enumerate(("template", "kind", "number"), 1)}
    ).values_list("hour", "template", "kind", "number")
    found = list(groups.annotate(n=CountRows("pk")).order_by("hour"))
    asked: dict[str, set[int]] = defaultdict(set)
    for _hour, template, kind, number, _n in found:
        if ref := _ref(template, kind, number):
            asked[ref[0]].add(ref[1])
    about = {kind: dict(_consultations(kind, numbers)) for kind, numbers in asked.items()}
    for hour, template, kind, number, n in found:
        ref = _ref(template, kind, number)
        if ref and (pk := about[ref[0]].get(ref[1])) is not None:
            yield Count(pk, hour, template, n)


def _told_mails() -> QuerySet[Sent]:
    of_these = Q(event__startswith="consultations/") | Q(event__startswith="moderation/")
    return Sent.objects.filter(of_these, user__isnull=False)


def _ref(template: str, kind: str, number: str) -> tuple[str, int] | None:
    """The subject of a mail: the kind of thing and its id."""
    if kind.isdecimal():  # a comment that was hidden or shown again, and when
        return "comment", int(kind)
    if not number.isdecimal():
        return None
    if kind in ("remark", "answer"):
        return "comment", int(number)
    if kind == "change":
        return {DATES_CHANGED: "dates", DECIDED: "decided"}.get(template, kind), int(number)
    return kind, int(number)


def _consultations(kind: str, numbers: set[int]) -> QuerySet[Any, tuple[int, int]]:
    """The consultation of each thing of a kind."""
    sources: dict[str, tuple[QuerySet[Any], str]] = {
        "comment": (Comment.objects.all(), "thread__consultation"),
        "consultation": (Consultation.objects.all(), "pk"),
        "contest": (Contest.objects.all(), "ruling__comment__thread__consultation"),
        "correction": (Correction.objects.all(), "comment__thread__consultation"),
        "dates": (DateChange.objects.all(), "consultation"),
        "decided": (DecisionChange.objects.all(), "decision__consultation"),
        "decision": (Decision.objects.all(), "consultation"),
        "edition": (Edition.objects.all(), "consultation"),
        "version": (Version.objects.all(), "draft__consultation"),
    }
    rows, path = sources.get(kind, (Consultation.objects.none(), "pk"))
    return rows.filter(pk__in=numbers).values_list("pk", path)


def _abouts(consultation_id: int, said: list[int]) -> list[str]:
    """Endings of events of mails about it; ``said``: ids of its comments."""
    rows = {
        "decision": Decision.objects.filter(consultation=consultation_id),
        "version": Version.objects.filter(draft__consultation=consultation_id),
        "edition": Edition.objects.filter(consultation=consultation_id),
        "contest": Contest.objects.filter(ruling__comment__in=said),
        "correction": Correction.objects.filter(comment__in=said),
    }
    found = [f"consultation:{consultation_id}"]
    found += [f"{kind}:{pk}" for kind in ("remark", "answer", "comment") for pk in said]
    return found + [f"{kind}:{row.pk}" for kind, them in rows.items() for row in them.only("pk")]


def _changes(consultation_id: int) -> list[str]:
    """Events of other dates and of other decisions, which are numbered apart."""
    dates = DateChange.objects.filter(consultation=consultation_id)
    decisions = DecisionChange.objects.filter(decision__consultation=consultation_id)
    return [f"{DATES_CHANGED}:change:{row.pk}" for row in dates.only("pk")] + [
        f"{DECIDED}:change:{row.pk}" for row in decisions.only("pk")
    ]
