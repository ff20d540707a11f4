"""Reading deputies: who sits in the council, how often they came, how they voted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate

from core.db.paging import Page, page_of
from core.domain.calendar import KYIV
from meetings.log.jumps import Jump
from meetings.models import Deputy, Meeting, Presence, Seat, Vote
from meetings.presenters import SIGNS, VOTED
from meetings.rollcalls import majority

#: So many votes stand on a page.
SIZE = 25
_Choice = Vote.Choice


@dataclass(frozen=True, slots=True)
class Attendance:
    """At how many of the meetings of their bodies somebody was."""

    attended: int
    held: int

    @property
    def percent(self) -> int | None:
        """None: there was no meeting yet."""
        return round(100 * self.attended / self.held) if self.held else None


@dataclass(frozen=True, slots=True)
class ShownDeputy:
    """A deputy and how often they came."""

    deputy: Deputy
    attendance: Attendance


@dataclass(frozen=True, slots=True)
class ShownVote:
    """A vote with what the roll-call came to, and where in the meeting it was."""

    vote: Vote
    result: majority.Result

    @property
    def sign(self) -> str:
        return SIGNS[Vote.Choice(self.vote.choice)]

    @property
    def words(self) -> str:
        return str(VOTED[Vote.Choice(self.vote.choice)])

    @property
    def jump(self) -> Jump:
        roll_call = self.vote.roll_call
        return Jump.to(roll_call.item.meeting, roll_call.opened_at)


@dataclass(frozen=True, slots=True)
class Votes:
    """Counts of somebody's votes by choice, of all published roll-calls in which they
    could vote.
    """

    for_: int
    against: int
    abstained: int
    not_voting: int
    absent: int
    conflict: int = 0

    @property
    def all(self) -> int:
        cast = self.for_ + self.against + self.abstained
        return cast + self.not_voting + self.absent + self.conflict


def deputies_in_office(today: date) -> list[ShownDeputy]:
    """All who have their powers today, in the order of their names: three queries."""
    rows = list(
        Deputy.objects.on(today)
        .filter(Q(seats__until=None) | Q(seats__until__gte=today), seats__since__lte=today)
        .select_related("faction", "district")
        .distinct()
    )
    attendances = attendances_of([deputy.pk for deputy in rows])
    return [ShownDeputy(deputy, attendances[deputy.pk]) for deputy in rows]


def attendances_of(ids: Collection[int]) -> dict[int, Attendance]:
    """By deputy, over the meetings that are over and in whose body they had a seat: two queries."""
    over = Meeting.objects.filter(closed_at__isnull=False)
    on_their_day = over.annotate(on=TruncDate("opened_at", tzinfo=KYIV)).filter(
        Q(body__seats__until=None) | Q(body__seats__until__gte=F("on")),
        body__seats__deputy__in=ids,
        body__seats__since__lte=F("on"),
    )
    held = dict(
        on_their_day.order_by()
        .values_list("body__seats__deputy")
        .annotate(many=Count("pk", distinct=True))
    )
    came = Presence.objects.filter(deputy__in=ids, meeting__closed_at__isnull=False)
    attended = dict(
        came.order_by().values_list("deputy").annotate(many=Count("meeting", distinct=True))
    )
    return {pk: Attendance(attended.get(pk, 0), held.get(pk, 0)) for pk in ids}


def seats_of(deputy: Deputy) -> QuerySet[Seat]:
    return deputy.seats.select_related("body").order_by("-since", "pk")


def votes_of(deputy: Deputy) -> Votes:
    """Their votes in published roll-calls that were not annulled, counted: one query."""
    counting = _published_votes(deputy).filter(roll_call__annulment=None).order_by()
    rows = counting.values_list("choice").annotate(many=Count("pk"))
    counted: Counter[str] = Counter(dict(rows))
    return Votes(
        for_=counted[_Choice.FOR],
        against=counted[_Choice.AGAINST],
        abstained=counted[_Choice.ABSTAINED],
        not_voting=counted[_Choice.NOT_VOTING],
        absent=counted[_Choice.ABSENT],
        conflict=counted[_Choice.CONFLICT],
    )


def page_of_votes(deputy: Deputy, after: str) -> Page[Vote]:
    """Their votes in published roll-calls, the newest first: one query a page."""
    things = ("roll_call__item__meeting", "roll_call__annulment", "faction")
    rows = _published_votes(deputy).select_related(*things)
    return page_of(rows, order=("-id",), after=after, size=SIZE)


def with_results(votes: Iterable[Vote]) -> list[ShownVote]:
    """Each with what its roll-call came to: one query."""
    rows = list(votes)
    choices: dict[int, list[str]] = {vote.roll_call_id: [] for vote in rows}
    cast = Vote.objects.filter(roll_call__in=list(choices)).order_by()
    for roll_call, choice in cast.values_list("roll_call", "choice"):
        choices[roll_call].append(choice)
    return [
        ShownVote(vote, majority.result_of(vote.roll_call, choices[vote.roll_call_id]))
        for vote in rows
    ]


def _published_votes(deputy: Deputy) -> QuerySet[Vote]:
    return deputy.votes.filter(roll_call__published_at__isnull=False)
