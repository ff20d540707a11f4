"""Rules of polls: who may do what, and when. Pure: the facts are passed in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts import rules as account_rules
from accounts.eligibility import Eligibility, meets
from accounts.models import Level
from core.domain.rules import ALLOWED, Verdict, refuse, refuse_unless
from discussions import rules as discussion_rules
from votes.models import Poll, Question, State

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from votes.ballots.answers import Asked

OFFICERS_ONLY = refuse(
    "poll.officers_only", _("Only an officer of the responsible department may do this.")
)
NOT_YET = refuse("poll.not_open_yet", _("The poll has not opened yet."))
OVER = refuse("poll.closed", _("The poll is over: votes are no longer accepted."))
CANCELLED = refuse("poll.cancelled", _("The poll has been cancelled."))
OTHER_KEY = refuse(
    "keeper.other_key",
    _("This is not the key of a keeper of this poll: compare the fingerprints."),
)
NOT_ON_LIST = refuse(
    "vote.not_on_list",
    _("You are not on the list of this poll’s voters, which was closed when it opened."),
)
VOTED = refuse("vote.voted_already", _("You have voted in this poll already."))
CODE_USED = refuse(
    "vote.code_used",
    _(
        "Somebody has voted with this line of the list already: each code gives one vote. If it "
        "was not you, tell the council."
    ),
)
#: The same words for a code that never was, one that was printed anew and one of another poll.
WRONG_CODE = refuse(
    "vote.wrong_code",
    _("This is not a code for this poll. Compare it with the sheet; an older print is void."),
)
NAMED_IN_GROUPS = refuse(
    "poll.named_in_groups",
    _(
        "Where names are shown, answers are not told by groups: together they would tell "
        "where people live and how old they are."
    ),
)
VOTED_FOR_ORGANISATION = refuse(
    "vote.organisation_voted",
    _("This organisation has voted already: it has one vote, whoever casts it."),
)
ORGANISATION_NEEDED = refuse(
    "vote.organisation_needed", _("Here organisations vote: choose the one for which you vote.")
)
REASON_MISSING = refuse("poll.reason_missing", _("Please give the reason."))

_VOTING = {
    State.DRAFT: NOT_YET,
    State.SCHEDULED: NOT_YET,
    State.OPEN: ALLOWED,
    State.CLOSED: OVER,
    State.PUBLISHED: OVER,
    State.CANCELLED: CANCELLED,
}
#: States in which a poll's questions may still be changed.
_EDITABLE = frozenset({State.DRAFT})


def voting(poll: Poll, *, now: datetime) -> Verdict:
    """Whether votes are taken now, of whoever may cast one."""
    return _VOTING[poll.state_at(now)]


def vote(
    user: User | AnonymousUser,
    poll: Poll,
    *,
    now: datetime,
    eligibility: Eligibility | None,
) -> Verdict:
    """Cast a vote: while it is open, whoever its electorate takes in.

    ``eligibility``: what is known of the person; None where the poll asks nothing of people.
    """
    return (
        voting(poll, now=now)
        and account_rules.act(user)
        and meets(eligibility or Eligibility(Level.LOW), poll.requirement)
    )


def vote_by_invitation(poll: Poll, *, now: datetime) -> Verdict:
    """Cast a vote with a code from the list of the invited, without an account."""
    return voting(poll, now=now) if poll.voters == Poll.Voters.INVITED else NOT_ON_LIST


def prepare(user: User | AnonymousUser, department_id: int | None, scope: str = "") -> Verdict:
    """Prepare and run polls of a department: its officers and administrators.

    ``scope``: the topic of one of them, which may have officers of its own.
    """
    may = not user.is_anonymous and user.speaks_for(department_id, scope)
    return account_rules.act(user) and (ALLOWED if may else OFFICERS_ONLY)


def run(user: User | AnonymousUser, poll: Poll) -> Verdict:
    """Prepare and run this poll: officers of its department or of it alone."""
    return prepare(user, poll.department_id, poll.topic)


def ask_here(user: User | AnonymousUser, department_id: int | None, scope: str = "") -> Verdict:
    """Ask those who are here a question at once, and close it: who keeps the department's record,
    its secretaries among them.

    ``scope``: the topic of what people have come to, which may have a record keeper of its own.
    """
    may = not user.is_anonymous and user.keeps_record_of(department_id, scope)
    return account_rules.act(user) and (ALLOWED if may else OFFICERS_ONLY)


def begin(user: User | AnonymousUser) -> Verdict:
    """Begin a poll of some department: an officer of one, or an administrator."""
    may = not user.is_anonymous and (user.is_administrator or user.speaking_department_ids)
    return account_rules.act(user) and (ALLOWED if may else OFFICERS_ONLY)


def revise(user: User | AnonymousUser, poll: Poll, *, now: datetime) -> Verdict:
    """Change anything of it: until it is scheduled; what was announced stays as it was read."""
    return run(user, poll) and refuse_unless(
        poll.state_at(now) in _EDITABLE,
        "poll.scheduled",
        _("The poll is announced: its questions and rules stay as they are."),
    )


def locate(
    user: User | AnonymousUser, poll: Poll, *, now: datetime, street: object, district: object
) -> Verdict:
    """Say of an option where it is: in a street, or in a district, or nowhere; until it is
    scheduled."""
    return revise(user, poll, now=now) and refuse_unless(
        not (street and district),
        "option.two_locations",
        _("Name a street or a district, not both: a street lies in its district."),
    )


def schedule(
    user: User | AnonymousUser,
    poll: Poll,
    questions: Sequence[Asked],
    *,
    now: datetime,
    listed: bool,
) -> Verdict:
    """Announce it with its dates: every question can be answered, somebody can vote, the dates lie
    ahead. ``listed``: there is somebody on its list."""
    return revise(user, poll, now=now) and announce(poll, questions, now=now, listed=listed)


def announce(poll: Poll, questions: Sequence[Asked], *, now: datetime, listed: bool) -> Verdict:
    """The same of whoever may do it."""
    return (
        _can_be_answered(questions)
        and refuse_unless(
            listed or poll.voters != Poll.Voters.INVITED,
            "poll.nobody_listed",
            _("There is nobody on the list yet who may vote."),
        )
        and refuse_unless(
            poll.opens_at and poll.closes_at and poll.closes_at > max(poll.opens_at, now),
            "poll.dates",
            _("Give the poll an opening and a later closing, ahead of now."),
        )
        and _go_together(poll, questions)
    )


def _can_be_answered(questions: Sequence[Asked]) -> Verdict:
    """There is a question, and each has the options that it asks one to choose from."""
    if not questions:
        return refuse("poll.no_questions", _("The poll has no question yet."))
    return next((verdict for each in questions if not (verdict := _has_options(each))), ALLOWED)


def _has_options(question: Asked) -> Verdict:
    number = len(question.options)
    return refuse_unless(
        question.kind in ("yes_no", "text") or number >= 2,
        "poll.few_options",
        _("Every question needs two options at least."),
        question=question.id,
    ) and refuse_unless(
        max(question.most or 0, question.least) <= number,
        "poll.more_than_there_are",
        _("More options are to be chosen than there are."),
        question=question.id,
    )


def _go_together(poll: Poll, questions: Sequence[Asked]) -> Verdict:
    """Its secrecy, its groups, its rule for equal options and its questions."""
    if poll.splits and poll.secrecy == Poll.Secrecy.NAMED:
        return NAMED_IN_GROUPS
    has_runoff = any(question.method == Question.Method.RUNOFF for question in questions)
    has_text = any(question.kind == Question.Kind.TEXT for question in questions)
    return (
        refuse_unless(
            not (has_runoff and poll.tie_rule == Poll.TieRule.SHARED),
            "poll.runoff_leaves_equals",
            _(
                "In a run-off the result can depend on which of two tied options is eliminated "
                "first: let the list or a lot decide between tied options."
            ),
        )
        and refuse_unless(
            not (has_text and poll.is_secret),
            "poll.secret_text",
            _("A secret poll takes no texts: words of one’s own give their author away."),
        )
        and refuse_unless(
            not (
                poll.voters == Poll.Voters.ORGANISATIONS
                and poll.ballot_kind == Poll.BallotKind.CHANGEABLE
            ),
            "poll.organisations_once",
            _("An organisation votes secretly once, and gets a receipt."),
        )
    )


def extend(
    user: User | AnonymousUser, poll: Poll, *, now: datetime, closes_at: datetime, reason: str
) -> Verdict:
    """A later closing, before the old one has come, with a reason that everybody reads."""
    return (
        run(user, poll)
        and is_to_come(poll, now=now)
        and refuse_unless(
            poll.closes_at is None or closes_at > poll.closes_at,
            "poll.not_later",
            _("The new closing has to be later than the old one."),
        )
        and _has_reason(reason)
    )


def is_to_come(poll: Poll, *, now: datetime) -> Verdict:
    """It is announced, and its close has not come yet."""
    if poll.state_at(now) in (State.SCHEDULED, State.OPEN):
        return ALLOWED
    return OVER if poll.cancelled_at is None else CANCELLED


def _has_reason(reason: str) -> Verdict:
    return ALLOWED if reason.strip() else REASON_MISSING


def close_early(
    user: User | AnonymousUser, poll: Poll, *, now: datetime, scope: str = ""
) -> Verdict:
    """Close it before its time: a quick poll, whose hall sees that everybody has voted. Of other
    polls people read the date, and rely on it. ``scope``: of ask_here."""
    may = run(user, poll)
    if poll.is_quick:
        may = may or ask_here(user, poll.department_id, scope)
    return (
        may
        and refuse_unless(
            poll.is_quick,
            "poll.keeps_its_closing",
            _("Only a quick poll is closed early: whoever read this one’s closing relies on it."),
        )
        and voting(poll, now=now)
    )


def cancel(user: User | AnonymousUser, poll: Poll, *, now: datetime, reason: str) -> Verdict:
    """Call it off, with a reason that everybody reads: until its results are published."""
    return run(user, poll) and has_no_end(poll, now) and _has_reason(reason)


def has_no_end(poll: Poll, now: datetime) -> Verdict:
    """It is neither called off nor are its results published."""
    state = poll.state_at(now)
    if state == State.CANCELLED:
        return CANCELLED
    return refuse_unless(
        state != State.PUBLISHED, "poll.published", _("The results are published: they stay.")
    )


def has_closed(poll: Poll, now: datetime) -> Verdict:
    return refuse_unless(
        poll.state_at(now) == State.CLOSED, "poll.still_open", _("The poll is not over yet.")
    )


def publish(user: User | AnonymousUser, poll: Poll, *, now: datetime, unconfirmed: int) -> Verdict:
    """Count and publish, once it has closed. ``unconfirmed``: paper ballots that only one person
    has seen."""
    return (
        run(user, poll)
        and has_no_end(poll, now)
        and has_closed(poll, now)
        and refuse_unless(
            not unconfirmed,
            "poll.unconfirmed_paper",
            _("Some paper ballots wait for a second person to check them."),
        )
    )


def publish_itself(poll: Poll, *, now: datetime, sheets: int) -> Verdict:
    """Publish what was counted as soon as it is over, without anybody: quick polls, whose hall sits
    and waits. ``sheets`` on paper: where there is one there may be more, and a person decides when
    all of them are in."""
    if not poll.is_quick or poll.is_secret:
        return OFFICERS_ONLY
    return has_closed(poll, now) and refuse_unless(
        not sheets,
        "poll.has_paper",
        _("There are ballots on paper: somebody has to say that it is all."),
    )


def attach(poll: Poll, department_id: int | None, *, now: datetime) -> Verdict:
    """Let something of a department hold it, and show it on its page: once it is announced."""
    return refuse_unless(
        poll.department_id == department_id,
        "poll.of_others",
        _("This poll belongs to another department than what it stands with."),
    ) and refuse_unless(
        poll.state_at(now) not in (State.DRAFT, State.CANCELLED),
        "poll.not_to_be_seen",
        _("Only a poll that is announced can stand there."),
    )


def decide_text(user: User | AnonymousUser, poll: Poll, *, is_as_read: bool = True) -> Verdict:
    """Show the words of a ballot to others, or hide them: who moderates all, or this poll.

    ``is_as_read``: the words are still those that they have read.
    """
    return discussion_rules.moderate(user, scope=poll.topic) and refuse_unless(
        is_as_read,
        "text.changed",
        _("The voter has written something else since: read it again."),
    )


def use_desk(user: User | AnonymousUser) -> Verdict:
    """See the desk of polls at all: officers, secretaries and administrators."""
    return account_rules.act(user) and refuse_unless(
        not user.is_anonymous and (user.is_officer or user.is_secretary or user.is_administrator),
        "desk.officers_only",
        _("This page is for officers of the council."),
    )
