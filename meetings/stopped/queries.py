"""Queries about stopped decisions for pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from core.domain.calendar import KYIV
from core.domain.clock import Now
from meetings.models import Meeting, RollCall, Stop
from meetings.outcome.counting import result_of_counted, with_counts


@dataclass(frozen=True, slots=True)
class ShownStop:
    """A stopped decision as of ``today``; ``is_confirmed``: None until the second vote is over."""

    stop: Stop
    today: date
    is_confirmed: bool | None = None

    @property
    def pk(self) -> int:
        return self.stop.pk

    @property
    def waits(self) -> bool:
        """Whether the council has not voted again, or the vote is annulled."""
        return not has_second_vote(self.stop)

    @property
    def is_late(self) -> bool:
        return self.waits and self.today > self.stop.vote_due_on

    @property
    def state(self) -> str:
        if self.is_confirmed is not None:
            return (
                _("confirmed by two thirds: takes force")
                if self.is_confirmed
                else _("not confirmed: does not take force")
            )
        if not self.waits:
            return _("is being voted on again")
        return _("the second vote is overdue") if self.is_late else _("waits for the second vote")

    @property
    def kind(self) -> str:
        """The look of its state (components/status_tag.html)."""
        if self.is_confirmed is not None:
            return "done" if self.is_confirmed else "stop"
        return "stop" if self.is_late else "soon"


#: Stopped decisions that wait for the second vote: there is none, or it is annulled.
WAITING = Q(second_vote=None) | Q(second_vote__annulment__isnull=False)


def has_second_vote(stop: Stop) -> bool:
    """Whether the council has voted again, or is voting; an annulled vote counts for nothing."""
    return stop.second_vote is not None and stop.second_vote.annulled is None


def stops_about(meeting: Meeting) -> QuerySet[Stop]:
    """Stopped decisions of a session, those on which it voted again, and until it is over those
    that wait for its body's second vote."""
    about = Q(roll_call__item__meeting=meeting) | Q(second_vote__item__meeting=meeting)
    if meeting.closed_at is None:
        about |= WAITING & Q(roll_call__item__meeting__body=meeting.body_id)
    return Stop.objects.filter(about)


def stops_of(meeting: Meeting) -> list[ShownStop]:
    """Those of ``stops_about`` as of today: one query, one more where there was a second vote."""
    return shown_stops(with_facts(stops_about(meeting)).order_by("pk"))


def with_facts(stops: QuerySet[Stop]) -> QuerySet[Any]:
    """With what ``shown_stops`` reads of each."""
    related = ("roll_call__item", "document", "second_vote__annulment")
    return stops.select_related(*related).annotate(today=TruncDate(Now(), tzinfo=KYIV))


def shown_stops(stops: Iterable[Any]) -> list[ShownStop]:
    """Rows of ``with_facts`` as they stand: one query where there was a second vote."""
    rows = list(stops)
    voted = [row.second_vote_id for row in rows if has_second_vote(row)]
    confirmed: dict[int, bool] = {}
    if voted:
        closed = RollCall.objects.filter(pk__in=voted, closed_at__isnull=False)
        confirmed = {row.pk: result_of_counted(row).is_carried for row in with_counts(closed)}
    return [ShownStop(row, row.today, confirmed.get(row.second_vote_id)) for row in rows]


def adopted_in(meeting: Meeting) -> list[RollCall]:
    """The decisions of a session that can be stopped: adopted, not procedural, not stopped."""
    rows = RollCall.objects.filter(item__meeting=meeting, closed_at__isnull=False, stop=None)
    rows = rows.exclude(needs=RollCall.Needs.PROCEDURAL).filter(second_vote_on=None)
    return [row for row in with_counts(rows).order_by("pk") if result_of_counted(row).is_carried]
