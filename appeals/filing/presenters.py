"""What an applicant's pages show of an appeal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from appeals import terms
from appeals.models import OPEN_STATES, Answer, Appeal, Attachment, Entry, Reading, State
from appeals.terms import Term
from core.domain.rules import Verdict

#: The kind of a status tag (core.templatetags.components.status_tag), by state.
_TAGS = {
    State.RECEIVED: "waiting",
    State.IN_WORK: "open",
    State.REOPENED: "open",
    State.ANSWERED: "done",
    State.FORWARDED: "partly",
    State.MOVED: "partly",
    State.RETURNED: "stop",
    State.NOT_CONSIDERED: "stop",
    State.WITHDRAWN: "closed",
    State.GIVEN_BACK: "closed",
}
_GIVEN = _("an answer was given")
_SENT = _("The answer was given")
#: What each state means for the applicant.
_MEANINGS: dict[str, str | Promise] = {
    State.RECEIVED: _("The office checks it and gives it to the department whose matter it is."),
    State.IN_WORK: _("The department named below considers it and prepares the answer."),
    State.REOPENED: _("You said that the answer leaves something open: it is considered again."),
    State.ANSWERED: _("The answer stands below."),
    State.FORWARDED: _(
        "It is the matter of another body: the council has sent it there, and that body answers."
    ),
    State.MOVED: _("It goes on as an administrative case, by law 2073-IX, with its own terms."),
    State.RETURNED: _("It was returned: below stands what is missing. You may file it anew."),
    State.NOT_CONSIDERED: _("The head decided not to consider it; below stands why."),
    State.WITHDRAWN: _("You took it back. Nobody considers it any more."),
    State.GIVEN_BACK: _(
        "Your petition has enough signatures after all: the council considers it as a petition."
    ),
}


@dataclass(frozen=True)
class ShownAppeal:
    """An appeal at one moment."""

    appeal: Appeal
    now: datetime

    @cached_property
    def state(self) -> State:
        return self.appeal.state_at(self.now)

    @property
    def state_label(self) -> str:
        # «Answered» is the word of petitions, whose answers everybody reads.
        return str(_GIVEN if self.state == State.ANSWERED else self.state.label)

    @property
    def state_kind(self) -> str:
        return _TAGS[self.state]

    @property
    def meaning(self) -> str | Promise:
        return _MEANINGS[self.state]

    @property
    def is_open(self) -> bool:
        """The council owes an answer."""
        return self.state in OPEN_STATES

    @property
    def is_late(self) -> bool:
        return self.appeal.is_late_at(self.now)

    @property
    def term(self) -> Term:
        return terms.term_of(self.appeal)

    @property
    def department_name(self) -> str | None:
        """Who considers it, once the office has said so."""
        return self.appeal.department.name if self.appeal.department else None

    @property
    def is_in_hours(self) -> bool:
        """Its term ends at a minute, not with a day."""
        return self.appeal.term == terms.URGENT.code


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """A line of the applicant's timeline."""

    label: str
    words: str
    at: datetime
    by_council: bool

    @classmethod
    def of(cls, entry: Entry) -> ShownEntry:
        kind = Entry.Kind(entry.kind)
        # A rating's words are its number.
        words = "" if kind == Entry.Kind.RATED else entry.words
        label = _SENT if kind == Entry.Kind.ANSWERED else kind.label
        return cls(str(label), words, entry.at, by_council=entry.by_id is not None)


@dataclass(frozen=True, slots=True)
class ShownReading:
    """Who of the council has read it, and when last."""

    name: str
    department: str
    at: datetime
    times: int


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An answer that was sent, with its files."""

    answer: Answer
    files: Sequence[tuple[Attachment, str]]


@dataclass(frozen=True, slots=True)
class OwnPage:
    """Everything on the page of one's own appeal."""

    shown: ShownAppeal
    holds_secret: bool
    entries: Sequence[ShownEntry]
    readings: Sequence[ShownReading]
    answers: Sequence[ShownAnswer]
    files: Sequence[tuple[Attachment, str]]
    may_withdraw: Verdict
    may_rate: Verdict
    may_reopen: Verdict

    @property
    def appeal(self) -> Appeal:
        return self.shown.appeal


def shown_readings(readings: Sequence[Reading]) -> list[ShownReading]:
    """By person, the latest first."""
    found: dict[int, ShownReading] = {}
    for reading in readings:
        former = found.get(reading.user_id)
        if former is None:
            department = reading.department.name if reading.department else ""
            name = reading.user.get_full_name()
            found[reading.user_id] = ShownReading(name, department, reading.at, 1)
        else:
            found[reading.user_id] = replace(former, times=former.times + 1)
    return list(found.values())
