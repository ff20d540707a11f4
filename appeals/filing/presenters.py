"""Presenters of an applicant's pages of an appeal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from appeals import terms
from appeals.filing.files import LeftOut
from appeals.filing.kinds import TAGS
from appeals.models import (
    OPEN_STATES,
    Answer,
    Appeal,
    Attachment,
    CopyFee,
    Entry,
    Reading,
    Refusal,
    State,
)
from appeals.terms import Term
from core.domain.calendar import local_date
from core.domain.rules import Verdict

_GIVEN = _("an answer was given")
#: What the applicant's timeline calls otherwise: registered is an appeal on its day, which may be
#: the next one.
_LABELS: dict[str, str | Promise] = {
    Entry.Kind.ANSWERED: _("The answer was given"),
    Entry.Kind.FILED: _("Received"),
}
#: What each state means for the applicant.
_MEANINGS: dict[str, str | Promise] = {
    State.RECEIVED: _("The office checks it and passes it to the department responsible."),
    State.IN_WORK: _("The department named below considers it and prepares the answer."),
    State.REOPENED: _(
        "You said that the answer leaves something open: it is being considered again."
    ),
    State.ANSWERED: _("The answer is below."),
    State.FORWARDED: _(
        "Another body is responsible: the council has sent it there, and that body will answer."
    ),
    State.MOVED: _("It continues as an administrative case under law 2073-IX, with its own terms."),
    State.RETURNED: _("It was returned: see below what is missing. You may file it again."),
    State.NOT_CONSIDERED: _(
        "The head of the council’s body decided not to consider it; see below why."
    ),
    State.WITHDRAWN: _("You withdrew it. Nobody is considering it any more."),
    State.GIVEN_BACK: _(
        "Your petition has enough signatures after all: the council considers it as a petition."
    ),
}


def is_registered_later(appeal: Appeal) -> bool:
    """Whether its day of registration is not that on which it came (КМУ 348 п. 2)."""
    return appeal.registered_on != local_date(appeal.received_at)


@dataclass(frozen=True)
class ApplicantAppeal:
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
        return TAGS[self.state]

    @property
    def meaning(self) -> str | Promise:
        return _MEANINGS[self.state]

    @property
    def is_open(self) -> bool:
        """The council owes an answer."""
        return self.state in OPEN_STATES

    @property
    def is_registered_later(self) -> bool:
        """It came after hours or on a day off, and is registered on the next working day."""
        return is_registered_later(self.appeal)

    @property
    def is_late(self) -> bool:
        return self.appeal.is_late_at(self.now)

    @property
    def term(self) -> Term:
        return terms.term_of(self.appeal)

    @property
    def department_name(self) -> str | None:
        """The department that considers it, once the office has named it."""
        return self.appeal.department.local_name if self.appeal.department else None

    @property
    def is_in_hours(self) -> bool:
        """Its term ends at a minute, not with a day."""
        return self.appeal.term == terms.URGENT.code

    @property
    def is_forwarding_term(self) -> bool:
        """Its term is that of forwarding; the body to which it went has another to answer."""
        return self.appeal.term == terms.FORWARD.code


@dataclass(frozen=True, slots=True)
class ApplicantEntry:
    """A line of the applicant's timeline."""

    label: str
    words: str
    at: datetime

    @classmethod
    def of(cls, entry: Entry) -> ApplicantEntry:
        kind = Entry.Kind(entry.kind)
        # A rating's words are its number.
        words = "" if kind == Entry.Kind.RATED else entry.words
        return cls(str(_LABELS.get(kind, kind.label)), words, entry.at)


@dataclass(frozen=True, slots=True)
class ShownReading:
    """A council reader of it, with the time of the last reading."""

    name: str
    department: str
    at: datetime
    times: int


@dataclass(frozen=True, slots=True)
class ApplicantAnswer:
    """An answer that was sent, with its files."""

    answer: Answer
    files: Sequence[tuple[Attachment, str]]
    #: What it refuses of a request.
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class OwnPage:
    """Everything on the page of one's own appeal."""

    shown: ApplicantAppeal
    holds_secret: bool
    entries: Sequence[ApplicantEntry]
    readings: Sequence[ShownReading]
    answers: Sequence[ApplicantAnswer]
    files: Sequence[tuple[Attachment, str]]
    left_out: Sequence[LeftOut]
    may_withdraw: Verdict
    may_rate: Verdict
    may_reopen: Verdict
    #: What the copies of a request cost.
    fee: CopyFee | None = None

    @property
    def appeal(self) -> Appeal:
        return self.shown.appeal


def summarise_readings(readings: Sequence[Reading]) -> list[ShownReading]:
    """By person, the latest first."""
    found: dict[int, ShownReading] = {}
    for reading in readings:
        former = found.get(reading.user_id)
        if former is None:
            department = reading.department.local_name if reading.department else ""
            name = reading.user.get_full_name()
            found[reading.user_id] = ShownReading(name, department, reading.at, 1)
        else:
            found[reading.user_id] = replace(former, times=former.times + 1)
    return list(found.values())
