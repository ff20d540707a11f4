"""Rules of the applicant's part: rating, reopening and withdrawing an appeal."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from appeals import terms
from appeals.models import OPEN_STATES, Answer, Appeal, State
from appeals.rules.roles import Involved, office, own
from core.domain.calendar import WorkCalendar
from core.domain.rules import ALLOWED, Verdict, refuse_unless

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
            _("It was reopened once already. You may complain of the answer to a court."),
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
        _("It was dealt with already: it cannot be taken back."),
    )


def renew_secret(
    user: Anybody, appeal: Appeal, *, involved: Involved, holds_secret: bool = False
) -> Verdict:
    """Get a new secret in place of the old one: who came by it, or the office for a person who
    has shown who they are."""
    verdict = own(user, appeal, holds_secret=holds_secret)
    may = ALLOWED if verdict or office(user, appeal, involved) else verdict
    return may and refuse_unless(
        appeal.author_id is None and appeal.emptied_at is None,
        "appeal.has_an_account",
        _("Its author reads it by their account."),
    )
