"""Reading the hall: who is in it, shows of hands and their figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from accounts.models import User
from meetings.hall.figures import Figures
from meetings.models import HallVisit, Hand, Meeting, QuickPoll, ShowOfHands
from votes.ballots.actions import questions_of
from votes.models import OpenBallot
from votes.models import Question as Asked

#: Kinds of question of which a ballot holds one choice.
_ONE = frozenset({Asked.Kind.SINGLE, Asked.Kind.YES_NO})

#: By what a button of a page says which choice it is (js/act.js).
NUMBERS = {1: Hand.Choice.FOR, 2: Hand.Choice.AGAINST, 3: Hand.Choice.ABSTAINED}


def in_hall(meeting: Meeting, user_ids: Collection[int]) -> set[int]:
    """Which of these people are in the hall, as the code on its display has shown: one query."""
    visits = HallVisit.objects.filter(meeting=meeting, user__in=user_ids)
    return set(visits.values_list("user_id", flat=True))


def count_in_hall(meeting: Meeting) -> int:
    """Number of people who have shown by their telephone that they are in the hall: one query."""
    return HallVisit.objects.filter(meeting=meeting).count()


def open_show_of(meeting: Meeting) -> ShowOfHands | None:
    """The show of hands that is open now: one query."""
    return meeting.shows_of_hands.filter(closed_at=None).first()


@dataclass(frozen=True, slots=True)
class Tally:
    """A show of hands with its figures as they stand, or as it has closed."""

    show: ShowOfHands
    hall: Figures
    remote: Figures

    @property
    def counted(self) -> Figures | None:
        """The secretary's count in the hall."""
        return Figures.read(self.show, "counted")


def tally_of(show: ShowOfHands) -> Tally:
    """Its figures: one query while it is open, else none."""
    hall, remote = Figures.read(show, "hall"), Figures.read(show, "remote")
    if hall is None or remote is None:
        hall, remote = count([show.pk]).get(show.pk, (Figures(), Figures()))
    return Tally(show, hall, remote)


def count(show_ids: Iterable[int]) -> dict[int, tuple[Figures, Figures]]:
    """The hands of these shows: in the hall, and elsewhere. One query."""
    rows = Hand.objects.filter(show__in=show_ids).values_list("show", "in_hall", "choice")
    found: dict[int, dict[tuple[bool, str], int]] = {}
    for pk, is_here, choice, number in rows.annotate(number=Count("pk")).order_by():
        found.setdefault(pk, {})[is_here, choice] = number
    return {
        pk: (_figures(numbers, is_here=True), _figures(numbers, is_here=False))
        for pk, numbers in found.items()
    }


def _figures(numbers: dict[tuple[bool, str], int], *, is_here: bool) -> Figures:
    return Figures(*(numbers.get((is_here, choice), 0) for choice in Hand.Choice.values))


def sample(meeting_ids: Iterable[int]) -> dict[int, Any]:
    """Values that move without a counter in these meetings: the figures of the open show of hands.
    One query while none is open, else two.
    """
    shows = ShowOfHands.objects.filter(meeting__in=meeting_ids, closed_at=None)
    opened = dict(shows.values_list("pk", "meeting"))
    if not opened:
        return {}
    counted = count(opened)
    return {meeting: (pk, counted.get(pk)) for pk, meeting in opened.items()}


def votes_in_hall(quick: QuickPoll) -> dict[str, int] | None:
    """Numbers of votes from the hall in a survey, by option; None: nobody is noted there, or one
    ballot chooses several. Two queries.
    """
    if any(each.kind not in _ONE for each in questions_of(quick.poll)):
        return None
    here = list(HallVisit.objects.filter(meeting=quick.meeting_id).values_list("user", flat=True))
    if not here:
        return None
    ballots = OpenBallot.objects.filter(
        poll=quick.poll_id, voter_record__user__in=here, voter_record__organisation=None
    )
    chosen = ballots.order_by().values_list("choices", flat=True)
    return dict(Counter(str(choice) for choices in chosen for choice in choices.values()))


def is_in_hall(meeting_id: int, user: User) -> bool:
    """Whether the person is in the hall: one query."""
    return HallVisit.objects.filter(meeting=meeting_id, user=user).exists()


def own_hand_in(meeting_id: int, user: User) -> Hand | None:
    """The person's hand in the show that is open: one query."""
    own = Hand.objects.filter(show__meeting=meeting_id, show__closed_at=None, user=user)
    return own.first()


def own_choice(meeting: Meeting, user: User) -> dict[str, int]:
    """The same as js/act.js asks for it: the button of theirs by the show."""
    hand = own_hand_in(meeting.pk, user)
    numbers = {choice.value: number for number, choice in NUMBERS.items()}
    return {act_key(hand.show_id): numbers[hand.choice]} if hand else {}


def act_key(show_id: int) -> str:
    """The name of a show of hands among the things that js/act.js acts on."""
    return f"hands-{show_id}"
