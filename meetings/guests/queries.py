"""Reading what guests of the hall said: figures, and what is one guest's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise

from meetings.models import Guest, GuestAnswer, GuestSignal, GuestSupport, Meeting

#: A signal stands for so long.
SIGNAL_LASTS = timedelta(minutes=2)
_SUPPORTS = GuestSupport.objects.filter(question=OuterRef("pk")).order_by().values("question")
#: How many guests want a question answered; an annotation of questions.
GUESTS = Coalesce(
    Subquery(_SUPPORTS.annotate(number=Count("pk")).values("number")),
    0,
    output_field=IntegerField(),
)


def answers_of(quick_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """Numbers of guests' answers, by survey and choice: one query."""
    rows = GuestAnswer.objects.filter(quick__in=quick_ids).order_by()
    found: dict[int, dict[str, int]] = {}
    for quick, choice, number in rows.values_list("quick", "choice").annotate(n=Count("pk")):
        found.setdefault(quick, {})[choice] = number
    return found


def guest_answers(meeting_ids: Iterable[int]) -> dict[int, int]:
    """A figure for each of these meetings that moves when a guest answers the survey that is open,
    also when they change their choice: one query."""
    rows = GuestAnswer.objects.filter(quick__meeting__in=meeting_ids, quick__closed_at=None)
    found: dict[int, list[tuple[str, int]]] = {}
    counted = rows.order_by("choice").values_list("quick__meeting", "choice")
    for pk, choice, number in counted.annotate(number=Count("pk")):
        found.setdefault(pk, []).append((choice, number))
    return {pk: hash(tuple(each)) for pk, each in found.items()}


def signals_of(meeting: Meeting, now: datetime) -> dict[str, int]:
    """Numbers of guests who ask now for slower or louder speech: one query."""
    rows = GuestSignal.objects.filter(meeting=meeting, at__gt=now - SIGNAL_LASTS)
    return dict(Counter(rows.values_list("kind", flat=True)))


def mine(guest: Guest, now: datetime) -> dict[str, Any]:
    """The guest's own, for js/act.js and js/choose.js: three queries."""
    supported = GuestSupport.objects.filter(guest=guest).values_list("question", flat=True)
    fresh = GuestSignal.objects.filter(guest=guest, at__gt=now - SIGNAL_LASTS)
    answers = GuestAnswer.objects.filter(guest=guest, quick__closed_at=None)
    return {
        "own": {},
        "reactions": dict.fromkeys(supported[:500], 1)
        | {f"signal-{kind}": 1 for kind in fresh.values_list("kind", flat=True)},
        "chosen": dict(answers.values_list("quick__poll", "choice")),
    }


@dataclass(frozen=True, slots=True)
class ShownSignal:
    """A signal with its words and how many guests give it now."""

    kind: str
    label: str | Promise
    number: int


def signals_context(meeting: Meeting, now: datetime) -> list[ShownSignal]:
    """Both signals: one query."""
    figures = signals_of(meeting, now)
    return [
        ShownSignal(kind, label, figures.get(kind, 0)) for kind, label in GuestSignal.Kind.choices
    ]
