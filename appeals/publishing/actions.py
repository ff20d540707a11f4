"""Actions of the applicant's consent; publishing itself is in appeals.answers.actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appeals.answers.actions import take_off
from appeals.begin import begin, id_of
from appeals.events import AnswerUnpublished, PublicationAgreed, PublicationRefused
from appeals.models import Answer, Appeal
from appeals.publishing import rules
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.rules import require

if TYPE_CHECKING:
    from accounts.models import Anybody


def set_consent(answer: Answer, *, by: Anybody, agrees: bool, holds_secret: bool = False) -> Answer:
    """Say whether a sent answer, the last or a former one, may be published without anything of
    the applicant.

    An applicant who agrees no more has it taken off. Refuses by rules.agree. Emits
    PublicationAgreed, or PublicationRefused and, where it was published, AnswerUnpublished.
    """
    with action():
        appeal, _involved, now = begin(Appeal(pk=answer.appeal_id))
        answer = locked(answer)
        require(rules.agree(by, appeal, answer, holds_secret=holds_secret))
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
