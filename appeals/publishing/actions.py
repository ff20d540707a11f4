"""Actions of the applicant's consent; publishing itself is in appeals.actions.answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appeals.actions.answers import take_off
from appeals.actions.common import begin, id_of, last_answer
from appeals.events import AnswerUnpublished, PublicationAgreed, PublicationRefused
from appeals.models import Answer, Appeal
from appeals.publishing import rules
from core.domain.actions import action
from core.domain.events import emit
from core.domain.rules import require

if TYPE_CHECKING:
    from accounts.models import Anybody


def set_consent(appeal: Appeal, *, by: Anybody, agrees: bool, holds_secret: bool = False) -> Answer:
    """Say whether the last answer may be published without anything of the applicant.

    Who agrees no more has it taken off. Refuses by rules.agree. Emits PublicationAgreed, or
    PublicationRefused and, where it was published, AnswerUnpublished.
    """
    with action():
        appeal, _involved, now = begin(appeal)
        answer = last_answer(appeal, sent=True)
        require(rules.agree(by, appeal, answer, holds_secret=holds_secret))
        assert answer is not None  # noqa: S101 - the rule has refused without one
        if agrees == (answer.agreed_at is not None):
            return answer
        if not agrees and answer.published_at:
            take_off(answer)
            emit(AnswerUnpublished(appeal.pk, id_of(by), answer.pk))
        answer.agreed_at = now if agrees else None
        answer.save(update_fields=["agreed_at"])
        happened = PublicationAgreed if agrees else PublicationRefused
        emit(happened(appeal.pk, id_of(by), answer.pk))
        return answer
