"""Who may do what with a poll, and when. Pure: the facts are passed in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts import rules as account_rules
from accounts.eligibility import Eligibility, meets
from accounts.models import Level, StaffRole
from core.domain.rules import ALLOWED, Verdict, refuse
from discussions import rules as discussion_rules
from votes.models import Poll, Question, State

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from votes.answers import Asked

OFFICERS_ONLY = refuse(
    "poll.officers_only", _("Only an officer of the responsible department may do this.")
)
NOT_YET = refuse("poll.not_open_yet", _("The poll has not opened yet."))
OVER = refuse("poll.closed", _("The poll is over: votes are no longer accepted."))
CANCELLED = refuse("poll.cancelled", _("The poll has been cancelled."))
OPENING = refuse(
    "poll.opening", _("The poll opens in a moment: please try again in a few seconds.")
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
    _("This is no code of this poll. Compare it with the sheet; an older print is void."),
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
    eligibility: Eligibility | None = None,
) -> Verdict:
    """Cast a vote: while it is open, whoever its electorate takes in.

    ``eligibility``: what is known of the person; None where the poll asks nothing of people.
    """
    verdict = _VOTING[poll.state_at(now)]
    verdict = verdict and account_rules.act(user)
    if not verdict:
        return verdict
    return meets(eligibility or Eligibility(Level.LOW), poll.requirement)


def vote_by_invitation(poll: Poll, *, now: datetime) -> Verdict:
    """Cast a vote with a code from the list of the invited, without an account."""
    if poll.voters != Poll.Voters.INVITED:
        return NOT_ON_LIST
    return _VOTING[poll.state_at(now)]


def prepare(user: User | AnonymousUser, department_id: int | None, scope: str = "") -> Verdict:
    """Prepare and run polls of a department: its officers and administrators.

    ``scope``: the topic of one of them, which may have officers of its own.
    """
    verdict = account_rules.act(user)
    if not verdict:
        return verdict
    if user.is_anonymous or not user.speaks_for(department_id, scope):
        return OFFICERS_ONLY
    return ALLOWED


def run(user: User | AnonymousUser, poll: Poll) -> Verdict:
    """Prepare and run this poll: officers of its department or of it alone."""
    return prepare(user, poll.department_id, poll.topic)


def begin(user: User | AnonymousUser) -> Verdict:
    """Begin a poll of some department: an officer of one, or an administrator."""
    verdict = account_rules.act(user)
    if not verdict:
        return verdict
    if user.is_anonymous or not (user.is_administrator or user.departments_as(StaffRole.OFFICER)):
        return OFFICERS_ONLY
    return ALLOWED


def revise(user: User | AnonymousUser, poll: Poll, *, now: datetime) -> Verdict:
    """Change anything of it: until it is scheduled; what was announced stays as it was read."""
    verdict = run(user, poll)
    if verdict and poll.state_at(now) not in _EDITABLE:
        return refuse(
            "poll.scheduled", _("The poll is announced: its questions and rules stay as they are.")
        )
    return verdict


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
    verdict = revise(user, poll, now=now) and _can_be_answered(questions)
    if not verdict:
        return verdict
    if poll.voters == Poll.Voters.INVITED and not listed:
        return refuse("poll.nobody_listed", _("There is nobody on the list yet who may vote."))
    if poll.opens_at is None or poll.closes_at is None or poll.closes_at <= max(poll.opens_at, now):
        return refuse(
            "poll.dates", _("Give the poll an opening and a later closing, ahead of now.")
        )
    return _go_together(poll, questions)


def _can_be_answered(questions: Sequence[Asked]) -> Verdict:
    """There is a question, and each has the options that it asks one to choose from."""
    if not questions:
        return refuse("poll.no_questions", _("The poll has no question yet."))
    for question in questions:
        if question.kind not in ("yes_no", "text") and len(question.options) < 2:
            return refuse(
                "poll.few_options",
                _("Every question needs two options at least."),
                question=question.id,
            )
        if max(question.most or 0, question.least) > len(question.options):
            return refuse(
                "poll.more_than_there_are",
                _("More options are to be chosen than there are."),
                question=question.id,
            )
    return ALLOWED


def _go_together(poll: Poll, questions: Sequence[Asked]) -> Verdict:
    """Its secrecy, its groups, its rule for equal options and its questions."""
    if poll.splits and poll.secrecy == Poll.Secrecy.NAMED:
        return NAMED_IN_GROUPS
    if poll.tie_rule == Poll.TieRule.SHARED and any(
        question.method == Question.Method.RUNOFF for question in questions
    ):
        return refuse(
            "poll.runoff_leaves_equals",
            _(
                "In a run-off it can decide the result which of two equal options goes out first: "
                "let the list or a lot decide between equal options."
            ),
        )
    if poll.is_secret and any(question.kind == "text" for question in questions):
        return refuse(
            "poll.secret_text",
            _("A secret poll takes no texts: words of one’s own give their author away."),
        )
    return ALLOWED


def extend(
    user: User | AnonymousUser, poll: Poll, *, now: datetime, closes_at: datetime, reason: str
) -> Verdict:
    """A later closing, before the old one has come, with a reason that everybody reads."""
    verdict = run(user, poll)
    if not verdict:
        return verdict
    if poll.state_at(now) not in (State.SCHEDULED, State.OPEN):
        return OVER if poll.cancelled_at is None else CANCELLED
    if poll.closes_at is not None and closes_at <= poll.closes_at:
        return refuse("poll.not_later", _("The new closing has to be later than the old one."))
    if not reason.strip():
        return REASON_MISSING
    return ALLOWED


def close_early(user: User | AnonymousUser, poll: Poll, *, now: datetime) -> Verdict:
    """Close it before its time: a quick poll, whose hall sees that everybody has voted. Of other
    polls people read the date, and rely on it."""
    verdict = run(user, poll)
    if verdict and not poll.is_quick:
        return refuse(
            "poll.keeps_its_closing",
            _("Only a quick poll is closed early: whoever read this one’s closing relies on it."),
        )
    return verdict and voting(poll, now=now)


def cancel(user: User | AnonymousUser, poll: Poll, *, now: datetime, reason: str) -> Verdict:
    """Call it off, with a reason that everybody reads: until its results are published."""
    verdict = run(user, poll)
    if not verdict:
        return verdict
    state = poll.state_at(now)
    if state == State.CANCELLED:
        return CANCELLED
    if state == State.PUBLISHED:
        return refuse("poll.published", _("The results are published: they stay."))
    if not reason.strip():
        return REASON_MISSING
    return ALLOWED


def publish(
    user: User | AnonymousUser, poll: Poll, *, now: datetime, unconfirmed: int = 0
) -> Verdict:
    """Count and publish, once it has closed. ``unconfirmed``: paper ballots that only one person
    has seen."""
    verdict = run(user, poll)
    if not verdict:
        return verdict
    state = poll.state_at(now)
    if state == State.CANCELLED:
        return CANCELLED
    if state == State.PUBLISHED:
        return refuse("poll.published", _("The results are published: they stay."))
    if state != State.CLOSED:
        return refuse("poll.still_open", _("The poll is not over yet."))
    if unconfirmed:
        return refuse(
            "poll.unconfirmed_paper",
            _("Some paper ballots wait for a second person to check them."),
        )
    return ALLOWED


def publish_itself(poll: Poll, *, now: datetime, sheets: int) -> Verdict:
    """Publish what was counted as soon as it is over, without anybody: quick polls, whose hall sits
    and waits. ``sheets`` on paper: where there is one there may be more, and a person decides when
    all of them are in."""
    if not poll.is_quick or poll.is_secret:
        return OFFICERS_ONLY
    if poll.state_at(now) != State.CLOSED:
        return refuse("poll.still_open", _("The poll is not over yet."))
    if sheets:
        return refuse(
            "poll.has_paper", _("There are ballots on paper: somebody has to say that it is all.")
        )
    return ALLOWED


def attach(poll: Poll, department_id: int | None, *, now: datetime) -> Verdict:
    """Let something of a department hold it, and show it on its page: once it is announced."""
    if poll.department_id != department_id:
        return refuse(
            "poll.of_others", _("This poll belongs to another department than what it stands with.")
        )
    if poll.state_at(now) in (State.DRAFT, State.CANCELLED):
        return refuse("poll.not_to_be_seen", _("Only a poll that is announced can stand there."))
    return ALLOWED


def decide_text(user: User | AnonymousUser, poll: Poll, *, is_as_read: bool = True) -> Verdict:
    """Show the words of a ballot to others, or hide them: who moderates all, or this poll.

    ``is_as_read``: the words are still those that she has read.
    """
    verdict = discussion_rules.moderate(user, scope=poll.topic)
    if verdict and not is_as_read:
        return refuse(
            "text.changed", _("The voter has written something else since: read it again.")
        )
    return verdict


def use_desk(user: User | AnonymousUser) -> Verdict:
    """See the desk of polls at all: officers, secretaries and administrators."""
    verdict = account_rules.act(user)
    if not verdict:
        return verdict
    if user.is_anonymous or not (user.is_officer or user.is_secretary or user.is_administrator):
        return refuse("desk.officers_only", _("This page is for officers of the council."))
    return ALLOWED
