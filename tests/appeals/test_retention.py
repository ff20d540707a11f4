"""After the term of keeping nothing that the applicant wrote is left."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.data.register import retentions
from appeals import actions
from appeals.models import Answer, Appeal, Attachment, CopyFee, Entry, Reading, Refusal, State
from core.domain import clock
from tests.appeals import factories

pytestmark = pytest.mark.django_db

WORD = "Ввюшевськ"


def delete_what_is_kept_for_long_enough() -> None:
    for retention in retentions:
        if retention.model in (Attachment, CopyFee, Refusal, Entry, Reading, Answer, Appeal):
            retention.run(clock.now() + timedelta(seconds=1), most=100)


def test_the_applicant_s_own_words_go_from_every_column(olena):
    made = factories.appeal(
        olena, State.IN_WORK, name=f"{WORD} Олена", residence=WORD, subject=WORD, text=WORD
    )
    until = factories.working_day(made, 3)
    actions.extend(made, by=factories.mayor(), until=until, reason=WORD)
    factories.answered(made)
    actions.reopen(made, by=olena, reason=WORD)
    factories.answered(made)
    actions.rate(made, by=olena, rating=1, words=WORD)
    other = factories.appeal(olena, State.RECEIVED, text=WORD)
    actions.forward(other, by=factories.registrar(), to=WORD, note=WORD)
    actions.withdraw(factories.filed(olena).appeal, by=olena)
    letter = {**factories.WORDS, "via": "letter", "organisation_name": WORD}
    of_organisation = actions.file(by=factories.registrar(), **letter).appeal
    actions.forward(of_organisation, by=factories.registrar(), to="Облрада")
    delete_what_is_kept_for_long_enough()
    for row in (*Appeal.objects.values(), *Answer.objects.values()):
        assert [name for name, value in row.items() if WORD.casefold() in str(value).lower()] == []
    assert not Appeal.objects.filter(emptied_at=None).exists()
    assert not Entry.objects.exists()
    assert set(Appeal.objects.values_list("reopening_reason", flat=True)) == {"", "–"}
