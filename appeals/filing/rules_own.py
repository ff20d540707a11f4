"""Rules of the applicant's part: rating, reopening and withdrawing an appeal."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from appeals import terms
from appeals.filing.rules import ON_PAPER
from appeals.models import OPEN_STATES, Answer, Appeal, State
from appeals.rules import Involved, office, own
from core.domain.calendar import WorkCalendar
from core.domain.rules import Verdict, refuse_unless

if TYPE_CHECKING:
    from accounts.models import Anybody

STARS = range(1, 6)
LONGEST_WORDS = 1000


def rate(
    user: Anybody,
    appeal: Appeal,
    answer: Answer | None,
    *,
    now: datetime,
    rating: int,
    holds_secret: bool = False,
) -> Verdict:
    """Say how good the answer is, once."""
    return (
        own(user, appeal, holds_secret=holds_secret)
        and refuse_unless(
            appeal.state_at(now) == State.ANSWERED and answer and not answer.rated_at,
            "appeal.nothing_to_rate",
            _("There is no answer that you have not rated."),
        )
        and refuse_unless(
            rating in STARS, "appeal.rating_missing", _("Choose from 1 to 5."), field="rating"
        )
    )


def reopen(
    user: Anybody,
    appeal: Appeal,
    *,
    now: datetime,
    calendar: WorkCalendar,
    reason: str,
    holds_secret: bool = False,
) -> Verdict:
    """Say once, within a month, that the answer does not deal with what was asked."""
    return (
        own(user, appeal, holds_secret=holds_secret)
        and refuse_unless(
            appeal.reopened_at is None,
            "appeal.reopened_already",
            _("It has been reopened once already. You may contest the answer in court."),
        )
        and refuse_unless(
            appeal.state_at(now) == State.ANSWERED,
            "appeal.not_answered",
            _("Only what was answered can be reopened."),
        )
        and refuse_unless(
            not terms.REOPENING.is_over(appeal, now, calendar),
            "appeal.reopened_too_late",
            _("It can be reopened within one month of the answer. You may file a new one."),
        )
        and refuse_unless(
            reason.strip(),
            "appeal.reason_missing",
            _("Say what the answer leaves open."),
            field="reason",
        )
    )


def withdraw(
    user: Anybody, appeal: Appeal, *, now: datetime, holds_secret: bool = False
) -> Verdict:
    """Take it back before it is answered."""
    return own(user, appeal, holds_secret=holds_secret) and refuse_unless(
        appeal.state_at(now) in OPEN_STATES,
        "appeal.closed",
        _("It has been dealt with already: it cannot be withdrawn."),
    )


def renew_secret(appeal: Appeal) -> Verdict:
    """Get a new secret by mail in place of the old one: who has given number, e-mail and name."""
    return _without_account(appeal) and refuse_unless(
        appeal.secret_hash is not None,
        "appeal.no_secret",
        _("It has no access code: the office gives one at the counter."),
    )


def give_secret(user: Anybody, appeal: Appeal, *, involved: Involved, reason: str = "-") -> Verdict:
    """Give a secret at the window, to who came on paper or by word of mouth and has shown who they
    are: the office. Of what came by the form it never sees one: the applicant has it, and gets
    another by mail."""
    return (
        office(user, appeal, involved)
        and _without_account(appeal)
        and refuse_unless(
            appeal.via in ON_PAPER,
            "appeal.has_a_secret",
            _("It was sent by the form: its applicant has the code, and gets a new one by e-mail."),
        )
        and refuse_unless(
            reason.strip(),
            "appeal.identity_missing",
            _("Say by what document they have shown who they are."),
            field="reason",
        )
    )


def _without_account(appeal: Appeal) -> Verdict:
    return refuse_unless(
        appeal.author_id is None and appeal.emptied_at is None,
        "appeal.has_an_account",
        _("Its author reads it by their account."),
    )
