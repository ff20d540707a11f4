"""What the applicant does with their appeal after it was filed.

``holds_secret``: the session came by the secret of this appeal (appeals/secrets.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from appeals import secrets, terms
from appeals.actions.answers import take_off
from appeals.actions.common import begin, enter, id_of, last_answer
from appeals.events import (
    AnswerUnpublished,
    AppealRated,
    AppealReopened,
    AppealWithdrawn,
    SecretRenewed,
)
from appeals.models import Answer, Appeal, Entry
from appeals.rules import applicant as rules
from city.calendar import work_calendar
from core.domain.actions import action
from core.domain.events import emit
from core.domain.rules import require

if TYPE_CHECKING:
    from accounts.models import Anybody


def rate(
    appeal: Appeal, *, by: Anybody, rating: int, words: str = "", holds_secret: bool = False
) -> Answer:
    """Rate the last answer from 1 to 5, once. Refuses by rules.rate. Emits AppealRated."""
    with action():
        appeal, _involved, now = begin(appeal)
        answer = last_answer(appeal, sent=True)
        require(rules.rate(by, appeal, answer, now=now, rating=rating, holds_secret=holds_secret))
        assert answer is not None  # noqa: S101 - the rule has refused without one
        answer.rating, answer.rated_at = rating, now
        answer.rating_words = words.strip()[: rules.LONGEST_WORDS]
        answer.save(update_fields=["rating", "rating_words", "rated_at"])
        enter(appeal, Entry.Kind.RATED, by=by, at=now, words=str(rating))
        emit(AppealRated(appeal.pk, id_of(by), answer.pk))
        return answer


def reopen(appeal: Appeal, *, by: Anybody, reason: str, holds_secret: bool = False) -> Appeal:
    """Say once that the answer does not deal with what was asked: a new term begins.

    What was published of it is taken off, and the applicant is asked anew. Refuses by rules.reopen.
    Emits AppealReopened, and AnswerUnpublished where it was published.
    """
    with action():
        appeal, _involved, now = begin(appeal)
        calendar = work_calendar()
        require(
            rules.reopen(
                by, appeal, now=now, calendar=calendar, reason=reason, holds_secret=holds_secret
            )
        )
        appeal.reopened_at, appeal.closed_at = now, None
        appeal.reopening_reason = reason.strip()
        appeal.term = terms.reopened(appeal.kind).code
        terms.set_due(appeal, calendar)
        appeal.save(
            update_fields=["reopened_at", "reopening_reason", "closed_at", "term", "due_at"]
        )
        for answer in appeal.answers.exclude(agreed_at=None):
            if answer.published_at:
                take_off(answer)
                emit(AnswerUnpublished(appeal.pk, id_of(by), answer.pk))
            answer.agreed_at = None
            answer.save(update_fields=["agreed_at"])
        enter(appeal, Entry.Kind.REOPENED, by=by, at=now, words=reason)
        emit(AppealReopened(appeal.pk, id_of(by)))
        return appeal


def withdraw(appeal: Appeal, *, by: Anybody, holds_secret: bool = False) -> Appeal:
    """Take it back before it is answered. Refuses by rules.withdraw. Emits AppealWithdrawn."""
    with action():
        appeal, _involved, now = begin(appeal)
        require(rules.withdraw(by, appeal, now=now, holds_secret=holds_secret))
        appeal.withdrawn_at = appeal.closed_at = now
        appeal.save(update_fields=["withdrawn_at", "closed_at"])
        enter(appeal, Entry.Kind.WITHDRAWN, by=by, at=now)
        emit(AppealWithdrawn(appeal.pk, id_of(by)))
        return appeal


def renew_secret(appeal: Appeal, *, by: Anybody, holds_secret: bool = False) -> str:
    """Make a new secret, which is returned and stored nowhere; the former one opens nothing.

    Refuses by rules.renew_secret. Emits SecretRenewed.
    """
    with action():
        appeal, involved, now = begin(appeal)
        require(rules.renew_secret(by, appeal, involved=involved, holds_secret=holds_secret))
        secret = secrets.new_secret()
        appeal.secret_hash = secrets.hash_of(secret)
        appeal.save(update_fields=["secret_hash"])
        enter(appeal, Entry.Kind.SECRET, by=by, at=now)
        emit(SecretRenewed(appeal.pk, id_of(by)))
        return secret
