"""A petition from its first thought to the last promised step."""

from datetime import timedelta

import pytest

from appeals import actions as appeals
from core.domain import clock as database_clock
from core.domain.calendar import local_date
from petitions import events
from petitions.answer import actions
from petitions.life import actions as life_actions
from petitions.life import thresholds as deadlines_actions
from petitions.models import Petition, State
from petitions.news import actions as news_actions
from tests.appeals import factories as appeal_factories
from tests.petitions import factories

pytestmark = pytest.mark.django_db


def state(petition):
    return Petition.objects.get(pk=petition.pk).state_at(database_clock.now())


def test_from_a_first_thought_to_what_was_done(olena, mo, ofi, department, clock, emitted):
    factories.procedure(threshold=3)
    petition = life_actions.begin(by=olena, title="Лавки в парку")
    life_actions.change(
        petition, by=olena, text="Поставити лавки.", author_name="Коваль Олена Ігорівна"
    )
    assert state(petition) == State.DRAFT
    life_actions.submit(petition, by=olena)
    assert state(petition) == State.MODERATION
    life_actions.publish(petition, by=mo, department=department)
    assert state(petition) == State.COLLECTING
    factories.signatures(petition, 2)
    assert not deadlines_actions.settle_threshold(petition.pk)
    factories.signatures(petition, 1)
    assert deadlines_actions.settle_threshold(petition.pk)
    assert state(petition) == State.REACHED
    news_actions.post_news(petition, by=olena, title="Дякуємо", text="Нас **троє**.")
    actions.start_review(petition, by=ofi, department=department)
    assert state(petition) == State.REVIEW
    session_on = local_date(database_clock.now()) + timedelta(days=2)
    actions.put_on_agenda(petition, by=ofi, session_on=session_on)
    assert state(petition) == State.AGENDA
    clock.advance(days=2)
    actions.decide(petition, by=ofi, decision=Petition.Decision.SUPPORTED)
    assert state(petition) == State.SUPPORTED
    actions.answer(
        petition,
        by=ofi,
        asked="Поставити лавки.",
        decided="Лавки поставимо навесні.",
        signed_as="Міський голова",
        steps=[("Закупити лавки", session_on + timedelta(days=30)), ("Установити", None)],
    )
    assert state(petition) == State.ANSWERED
    step = petition.steps.first()
    actions.note_step(step, by=ofi, done_on=session_on, note="Закуплено 12 лавок.")
    assert [type(event) for event in emitted] == [
        events.PetitionSubmitted,
        events.PetitionPublished,
        events.ThresholdReached,
        events.NewsPosted,
        events.ReviewStarted,
        events.PutOnAgenda,
        events.PetitionDecided,
        events.PetitionAnswered,
        events.PetitionChanged,
    ]


def test_what_did_not_gather_enough_is_answered_as_an_appeal(olena, ofi, department, emitted):
    petition = factories.petition(olena, State.NOT_REACHED, department=department)
    assert deadlines_actions.tell_what_passed() == 1
    assert deadlines_actions.tell_what_passed() == 0
    petition.refresh_from_db()
    assert petition.handed_over_at
    appeal = petition.appeal
    appeals.accept(appeal, by=appeal_factories.registrar(), department=department)
    appeal.refresh_from_db()
    appeal_factories.answered(appeal, "Розглянуто.")
    assert state(petition) == State.NOT_REACHED  # its author alone has the answer
    actions.answer(petition, by=ofi, asked="…", decided="Розглянуто.", signed_as="Департамент")
    assert state(petition) == State.ANSWERED
    assert [event for event in emitted if isinstance(event, events.PetitionEvent)] == [
        events.CollectionEnded(petition.pk, None),
        events.AppealProgressed(petition.pk, None),
        events.AppealProgressed(petition.pk, None),
        events.PetitionAnswered(petition.pk, ofi.pk),
    ]
