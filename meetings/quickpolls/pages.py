"""Quick polls of meetings as pages show them: the open one, and what the earlier ones gave.

No request, no user.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst

from meetings.guests.queries import answers_of
from meetings.models import Meeting, QuickPoll
from votes import pages
from votes.ballots.answers import ABSTAIN, NO, YES
from votes.measures import in_order, measures_of
from votes.models import Poll, Question, Result, State

#: So many of one meeting stand on its page; all of them are polls like others.
MOST = 50
#: The poll with its question and options: two queries where there is a poll at all.
_QUESTIONS = "questions__options"


@dataclass(frozen=True, slots=True)
class Row:
    """An option of a counted poll."""

    name: str
    number: int
    percent: int
    #: Of them in the hall; None: nobody was noted there.
    in_hall: int | None = None


@dataclass(frozen=True, slots=True)
class ShownQuickPoll:
    """A quick poll of a meeting as it stands at ``now``."""

    quick: QuickPoll
    poll: Poll
    now: datetime
    #: How many guests of the hall chose what, by choice; counted apart.
    guests: Mapping[str, int] = field(default_factory=dict)

    @property
    def pk(self) -> int:
        """The poll's."""
        return self.poll.pk

    @property
    def state(self) -> State:
        return self.poll.state_at(self.now)

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def question(self) -> Question:
        return next(iter(self.poll.questions.all()))

    @property
    def field(self) -> str:
        """The name by which the chosen option is sent (votes.ballots.posted)."""
        return f"q{self.question.pk}"

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Choices: each value with its words."""
        names = _names(self.question)
        return [(str(value), capfirst(str(name))) for value, name in names.items()]

    @property
    def is_one_press(self) -> bool:
        """Whether one press answers it; several options and an order need a page."""
        return self.question.kind in (Question.Kind.SINGLE, Question.Kind.YES_NO)

    @property
    def is_ranked(self) -> bool:
        return self.question.kind == Question.Kind.RANKED

    @property
    def ballots(self) -> int | None:
        """Number of ballots, once it is counted."""
        result = _result(self.poll)
        return int(result.counted["ballots"]) if result else None

    @property
    def rows(self) -> list[Row]:
        """Rows of the result; [] until it is counted."""
        return rows_of(self.poll, self.quick.hall)

    @property
    def in_hall(self) -> int | None:
        """Number of votes from the hall; None: nobody was noted there."""
        return sum(self.quick.hall.values()) if self.quick.hall is not None else None

    @property
    def guest_rows(self) -> list[tuple[str, int]]:
        """Choices of the hall's guests, in the order of the question; [] where none did."""
        if not self.guests:
            return []
        return [(words, self.guests.get(value, 0)) for value, words in self.choices]

    @property
    def vote_url(self) -> str:
        """URL to which the buttons of the meeting's page send a vote."""
        return reverse("meetings:cast_poll", args=[self.quick.meeting_id, self.pk])

    @property
    def page_url(self) -> str:
        """The poll's own page; while it is open, its ballot."""
        if self.is_open:
            return reverse("votes:vote", args=[self.pk])
        return reverse("votes:results" if self.rows else "votes:detail", args=[self.pk])


def rows_of(poll: Poll, hall: Mapping[str, int] | None = None) -> list[Row]:
    """Result of a counted poll of one question, in its order; ``poll`` comes with its result,
    questions and options. ``hall``: of QuickPoll. [] where nothing is counted.
    """
    result = _result(poll)
    if result is None:
        return []
    question = next(iter(poll.questions.all()))
    (outcome,) = result.counted["questions"]
    names, measures = _names(question), measures_of(question, outcome)
    found = [(each["option"], measures[each["option"]]) for each in in_order(question, outcome)]
    return [
        Row(
            capfirst(str(names[option])),
            measure.number,
            measure.percent,
            hall.get(str(option), 0) if hall is not None else None,
        )
        for option, measure in found
    ]


def summary_of(poll: Poll) -> str:
    """The same in one line of the log; "" where nothing is counted."""
    return "; ".join(f"{row.name} – {row.number}" for row in rows_of(poll))


def of_meeting(meeting: Meeting) -> QuerySet[QuickPoll]:
    """Its quick polls, the newest first, with all that is shown of them: one query, two more where
    there are any."""
    rows = meeting.quick_polls.select_related("poll__result", "item").defer("poll__search")
    return rows.prefetch_related(f"poll__{_QUESTIONS}").order_by("-pk")


def shown_of(meeting: Meeting, now: datetime, most: int = MOST) -> list[ShownQuickPoll]:
    """The same as they stand at ``now``: one more query for guests of the hall."""
    found = list(of_meeting(meeting)[:most])
    guests = answers_of([quick.pk for quick in found]) if found else {}
    return [ShownQuickPoll(each, each.poll, now, guests.get(each.pk, {})) for each in found]


def context_of(meeting: Meeting, found: Sequence[ShownQuickPoll]) -> dict[str, Any]:
    """The open one with how many have voted (one query), else the result of the last one, while
    what was considered then is considered still; and all that were counted."""
    now = next((each for each in found if each.is_open), None)
    last = found[0] if found and meeting.is_running else None
    is_last = last is not None and last.quick.item_id == meeting.current_item_id
    return {
        "quick_poll": now,
        "polled": pages.turnout(now.poll) if now else None,
        "quick_result": last if is_last and last and last.rows and not now else None,
        "quick_polls": [each for each in found if each.rows],
    }


def _result(poll: Poll) -> Result | None:
    return getattr(poll, "result", None) if poll.published_at else None


def _names(question: Question) -> dict[Any, str | Promise]:
    """The words of each thing that can be chosen, in their order."""
    if question.kind == Question.Kind.YES_NO:
        return {value: pages.WORDS[value] for value in (YES, NO, ABSTAIN)}
    return {option.pk: option.text for option in question.options.all()}
