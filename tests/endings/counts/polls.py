"""Polls by state, their sheets of paper, lists of voters and answers in words."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from core.domain import clock
from moderation import queries as moderation
from tests import people
from tests.endings.counts.kind import Figure, Kind, write
from tests.endings.counts.moments import DAY, FUTURE, NOW, PAST
from tests.votes import factories
from votes.desk.queries import waiting
from votes.electorate import printing
from votes.models import Invitation, OpenBallot, PaperBallot, Poll, Text, VoterRecord
from votes.pages import LISTS, polls_in_list
from votes.paper.actions import sheets_left
from votes.queries import turnouts
from votes.results.grouping import _turnout_by_group
from votes.results.result import count_ballots, over_time


def _desk() -> SimpleNamespace:
    names = ("ofi", "stranger", "olena", "admin", "mo")
    at = SimpleNamespace(**{name: people.load(name) for name in names})
    at.department = people.load_department()
    return at


_BEFORE = {"opens_at": NOW - 2 * DAY, "scheduled_at": NOW - 2 * DAY}
_CLOSED = {**_BEFORE, "closes_at": PAST}
_CANCELLED = {"cancelled_at": NOW, "cancelled_reason": "ні"}


def _type_sheet(row: Poll, at: Any, **values: Any) -> None:
    made = PaperBallot.objects.create(poll=row, number="17", choices={}, entered_by=at.ofi)
    if values:
        write(PaperBallot, made.pk, **values)


_PUBLISHED = (
    "ordinary scheduled closed published cancelled cancelled-late cancelled-before typed confirmed"
    " quick"
)
_OPEN = "ordinary typed confirmed quick"
POLLS = Kind(
    "an open poll",
    _desk,
    lambda at: factories.poll(at.ofi, at.department),
    {
        "draft": {"scheduled_at": None},
        "scheduled-later": {"scheduled_at": FUTURE},
        "scheduled": {"opens_at": FUTURE},
        "closed": _CLOSED,
        "published": {**_CLOSED, "published_at": NOW},
        "cancelled": _CANCELLED,
        "cancelled-late": {**_CLOSED, **_CANCELLED},
        "cancelled-before": {"opens_at": FUTURE, **_CANCELLED},
        "typed": _type_sheet,
        "confirmed": lambda row, at: _type_sheet(row, at, confirmed_by=at.admin, confirmed_at=NOW),
        "quick": {"is_quick": True},
    },
    (
        Figure(
            "votes/querysets.py PollQuerySet.published",
            lambda at: Poll.objects.published(),
            _PUBLISHED,
        ),
        Figure(
            "votes/querysets.py PollQuerySet.visible_to",
            lambda at: {
                "resident": Poll.objects.visible_to(at.olena),
                "stranger": Poll.objects.visible_to(at.stranger),
                "officer": Poll.objects.visible_to(at.ofi),
            },
            {
                "resident": _PUBLISHED,
                "stranger": _PUBLISHED,
                "officer": f"{_PUBLISHED} draft scheduled-later",
            },
        ),
        Figure(
            "votes/querysets.py PollQuerySet.worked_on_by",
            lambda at: {
                "resident": Poll.objects.worked_on_by(at.olena),
                "stranger": Poll.objects.worked_on_by(at.stranger),
                "officer": Poll.objects.worked_on_by(at.ofi),
            },
            {"officer": f"{_PUBLISHED} draft scheduled-later"},
        ),
        Figure("votes/querysets.py PollQuerySet.open", lambda at: Poll.objects.open(), _OPEN),
        Figure(
            "votes/querysets.py PollQuerySet.scheduled",
            lambda at: Poll.objects.scheduled(),
            "scheduled",
        ),
        Figure(
            "votes/querysets.py PollQuerySet.closed", lambda at: Poll.objects.closed(), "closed"
        ),
        Figure(
            "votes/querysets.py PollQuerySet.with_results",
            lambda at: Poll.objects.with_results(),
            "published",
        ),
        Figure(
            "votes/pages.py list_context",
            lambda at: {name: polls_in_list(name) for name in LISTS},
            {
                "open": _OPEN,
                "scheduled": "scheduled",
                "results": "published",
                "all": _PUBLISHED,
            },
        ),
        Figure(
            "votes/desk/queries.py waiting",
            lambda at: waiting(at.ofi, 20),
            "closed typed",
        ),
    ),
)


# --- ballots of a poll by list --------------------------------------------------------------------


def _poll_by_list() -> SimpleNamespace:
    at = _desk()
    lines = [("Ліна Костенко", "lina@viche.example")]
    at.poll = factories.poll(at.ofi, at.department, people=lines)
    at.line = Invitation.objects.get(poll=at.poll)
    return at


def _sheet(at: Any) -> PaperBallot:
    """Typed by one person; the line's voter was handed it."""
    VoterRecord.objects.filter(invitation=at.line).delete()
    record = {"poll": at.poll, "invitation": at.line, "used": True, "on_paper": True}
    VoterRecord.objects.create(**record)
    return PaperBallot.objects.create(
        poll=at.poll, number="17", choices=factories.choose(at.poll), entered_by=at.ofi
    )


def _counted(at: Any) -> dict[str, int]:
    found = count_ballots(at.poll)
    return {"ballots": found["ballots"], "paper": found["paper"]}


def _told(at: Any) -> int:
    return int(turnouts([at.poll.pk])[at.poll.pk][0])


SHEETS = Kind(
    "a sheet that one person has typed",
    _poll_by_list,
    _sheet,
    {
        "confirmed": lambda row, at: write(
            PaperBallot, row.pk, confirmed_by=at.admin, confirmed_at=NOW
        ),
        "not-typed": lambda row, at: row.delete(),
        "unused": lambda row, at: (
            VoterRecord.objects.update(used=False, on_paper=False),
            row.delete(),
        ),
    },
    (
        Figure(
            "votes/results/result.py count_ballots",
            _counted,
            {"ballots": "confirmed", "paper": "confirmed"},
        ),
        Figure("votes/queries.py -", _told, "confirmed"),
        Figure(
            "votes/paper/actions.py sheets_left", lambda at: sheets_left(at.poll) + 1, "not-typed"
        ),
        Figure(
            "votes/results/grouping.py _turnout_by_group",
            lambda at: {
                name: sum(numbers.values()) for name, numbers in _turnout_by_group(at.poll).items()
            },
            {
                "district": "ordinary confirmed not-typed",
                "age": "ordinary confirmed not-typed",
            },
        ),
        Figure(
            "votes/querysets.py VoterRecordQuerySet.used",
            lambda at: VoterRecord.objects.used(),
            "ordinary confirmed not-typed",
        ),
        Figure(
            "votes/querysets.py VoterRecordQuerySet.of_poll",
            lambda at: VoterRecord.objects.of_poll(at.poll),
            "ordinary confirmed not-typed unused",
        ),
    ),
)


def _ballot(at: Any) -> OpenBallot:
    record = VoterRecord.objects.create(poll=at.poll, user=at.olena, used=True)
    return OpenBallot.objects.create(
        voter_record=record, poll=at.poll, choices=factories.choose(at.poll), at=clock.now()
    )


def _open_poll() -> SimpleNamespace:
    at = _desk()
    at.poll = factories.poll(at.ofi, at.department)
    at.other = factories.poll(at.ofi, at.department)
    return at


BALLOTS = Kind(
    "a ballot of an open poll",
    _open_poll,
    _ballot,
    {
        "changed": {"changed_at": NOW},
        "elsewhere": lambda row, at: write(OpenBallot, row.pk, poll=at.other),
    },
    (
        Figure(
            "votes/results/result.py over_time",
            lambda at: sum(number for _step, number in over_time(at.poll)["rows"]),
            "ordinary changed",
        ),
        Figure("votes/queries.py - · ballots", _told, "ordinary changed"),
    ),
)


# --- lines of a list ------------------------------------------------------------------------------


def _line(at: Any) -> Invitation:
    said = {"name": "Ганна Мороз", "name_key": "ганна", "email": ""}
    return Invitation.objects.create(poll=at.poll, **said)


LINES = Kind(
    "a voter of a list, without an address",
    _poll_by_list,
    _line,
    {
        "with-email": {"email": "hanna@viche.example"},
        "printed": {"code": b"0" * 32},
        "handed": lambda row, at: VoterRecord.objects.create(
            poll=at.poll, invitation=row, used=True, on_paper=True
        ),
        "voted": lambda row, at: VoterRecord.objects.create(
            poll=at.poll, invitation=row, used=True
        ),
    },
    (
        Figure(
            "votes/electorate/views_desk.py _page",
            lambda at: {
                "waiting": printing.waiting(at.poll),
                "waiting_all": printing.waiting(at.poll, everybody=True),
            },
            {"waiting": "ordinary handed voted", "waiting_all": "ordinary with-email handed voted"},
        ),
    ),
)


# --- answers in words -----------------------------------------------------------------------------


def _poll_in_words() -> SimpleNamespace:
    at = _desk()
    at.poll = factories.poll(at.ofi, at.department, questions=[{"text": "Що ще?", "kind": "text"}])
    record = VoterRecord.objects.create(poll=at.poll, user=at.olena, used=True)
    said = {"voter_record": record, "poll": at.poll, "choices": {}, "at": clock.now()}
    at.ballot = OpenBallot.objects.create(**said)
    return at


TEXTS = Kind(
    "an answer in words that waits",
    _poll_in_words,
    lambda at: Text.objects.create(
        ballot=at.ballot,
        question=at.poll.questions.get(),
        text="Парк",
        at=clock.now(),
        state="waiting",
    ),
    {
        "shown": lambda row, at: write(
            Text, row.pk, state="shown", decided_by=at.mo, decided_at=NOW
        ),
        "hidden": lambda row, at: write(
            Text, row.pk, state="hidden", reason="spam", decided_by=at.mo, decided_at=NOW
        ),
    },
    (
        Figure(
            "moderation/queries.py texts_waiting",
            lambda at: moderation.texts_waiting(at.mo),
            "ordinary",
        ),
        Figure("votes/querysets.py TextQuerySet.shown", lambda at: Text.objects.shown(), "shown"),
        Figure(
            "votes/querysets.py TextQuerySet.moderated_by",
            lambda at: {
                "moderator": Text.objects.moderated_by(at.mo),
                "officer": Text.objects.moderated_by(at.ofi),
            },
            {"moderator": "ordinary shown hidden"},
        ),
    ),
)

KINDS = (POLLS, SHEETS, BALLOTS, LINES, TEXTS)
