"""Actions of the applicant on their appeal after filing.

``holds_secret``: the session came by the secret of this appeal (appeals/secrets.py).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from appeals import secrets, terms
from appeals.answers.actions import take_off
from appeals.begin import begin, enter, id_of, last_answer
from appeals.events import (
    AnswerUnpublished,
    AppealRated,
    AppealReopened,
    AppealWithdrawn,
    SecretRenewed,
)
from appeals.filing import rules_own as rules
from appeals.models import Answer, Appeal, Entry
from city.calendar import work_calendar
from core.domain.actions import action
from core.domain.events import emit
from core.domain.rules import require
from core.web import idempotency
from core.web.idempotency import created

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
        appeal.term = terms.reopened_term(appeal.kind).code
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


def offer_secret(appeal: Appeal) -> str:
    """Make a new secret for who proved by mail that they are its applicant. It is returned and
    stored nowhere; the present one goes on to open the appeal until this one is used.

    Refuses by rules.renew_secret.
    """
    with action():
        appeal, _involved, _now = begin(appeal)
        require(rules.renew_secret(appeal))
        secret = secrets.new_secret()
        appeal.next_secret_hash = secrets.hash_of(secret)
        appeal.save(update_fields=["next_secret_hash"])
        return secret


def open_by_secret(number: int, registered_on: date, secret: str) -> Appeal | None:
    """The appeal of this number and day, if the secret is its own. A mailed one that is used for
    the first time takes the place of the former: that emits SecretRenewed."""
    found = secrets.find_by_secret(number, registered_on, secret)
    if found is None or not secrets.is_next(found, secret):
        return found
    with action():
        appeal, _involved, now = begin(found)
        if secrets.is_next(appeal, secret):
            _replace_secret(appeal, bytes(appeal.next_secret_hash or b""), by=None, at=now)
        return appeal


def renew_secret(appeal: Appeal, *, by: Anybody, reason: str) -> str:
    """Make a new secret at the window, for who came on paper or by word of mouth; it is returned
    and stored nowhere, and the former one opens nothing.

    ``reason``: by what they have shown who they are; the applicant reads it. Refuses by
    rules.give_secret. Emits SecretRenewed.
    """
    with action():
        appeal, involved, now = begin(appeal)
        require(rules.give_secret(by, appeal, involved=involved, reason=reason))
        secret = secrets.new_secret(idempotency.secret("appeal"))
        _replace_secret(appeal, secrets.hash_of(secret), by=by, at=now, words=reason)
        created(appeal)
        return secret


def _replace_secret(
    appeal: Appeal, stored: bytes, *, by: Anybody | None, at: datetime, words: str = ""
) -> None:
    appeal.secret_hash, appeal.next_secret_hash = stored, None
    appeal.save(update_fields=["secret_hash", "next_secret_hash"])
    enter(appeal, Entry.Kind.SECRET, by=by, at=at, words=words)
    emit(SecretRenewed(appeal.pk, id_of(by)))
