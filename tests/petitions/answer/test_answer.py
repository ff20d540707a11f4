"""What the council does: review, agenda, decision, answer, and what became of its promises."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.domain import clock as database_clock
from core.domain.calendar import local_date
from petitions.answer import actions
from petitions.events import (
    PetitionAnswered,
    PetitionChanged,
    PetitionDecided,
    PutOnAgenda,
    ReviewStarted,
)
from petitions.models import Petition, State
from petitions.querysets import LISTS
from tests import factories as people
from tests.petitions import factories

pytestmark = pytest.mark.django_db
SUPPORTED = Petition.Decision.SUPPORTED
ANSWER = {"asked": "Поставити лавки.", "decided": "Поставимо.", "signed_as": "Міський голова"}


@pytest.fixture
def today(db):
    return local_date(database_clock.now())


@pytest.fixture
def in_state(olena, department):
    def make(state: str, **fields):
        return factories.petition(olena, state, department=department, **fields)

    return make


def other_than(*states: State) -> list[State]:
    return sorted(set(State) - set(states))


def test_the_review_begins_and_signing_ends(olena, mo, department, emitted):
    petition = factories.petition(olena, State.REACHED)
    made = actions.start_review(petition, by=mo, department=department)
    now = database_clock.now()
    assert made.state_at(now) == State.REVIEW
    assert not made.is_open_at(now)
    assert made.department == department
    assert emitted == [ReviewStarted(made.pk, mo.pk)]
    assert list(Petition.objects.filter(LISTS["awaiting"])) == [made]
    assert not Petition.objects.collecting().exists()


@pytest.mark.parametrize("state", other_than(State.REACHED))
def test_the_review_begins_when_there_are_enough_and_once(
    in_state, ofi, department, refused, state
):
    with refused("petition.not_reached"):
        actions.start_review(in_state(state), by=ofi, department=department)


def test_another_department_does_not_review_it(in_state, stranger, department, refused):
    with refused("petition.officers_only"):
        actions.start_review(in_state(State.REACHED), by=stranger, department=department)


def test_stands_on_the_agenda_and_moves_to_another_session(in_state, ofi, today, emitted):
    petition = in_state(State.REVIEW)
    secretary = people.user("sec", role="secretary", department=petition.department)
    actions.put_on_agenda(petition, by=ofi, session_on=today)
    made = actions.put_on_agenda(petition, by=secretary, session_on=today + timedelta(days=3))
    assert made.state_at(database_clock.now()) == State.AGENDA
    assert made.session_on == today + timedelta(days=3)
    assert emitted == [PutOnAgenda(made.pk, ofi.pk), PutOnAgenda(made.pk, secretary.pk)]


def test_no_session_in_the_past_or_without_a_review(in_state, ofi, mo, today, refused):
    with refused("petition.session_in_the_past"):
        actions.put_on_agenda(in_state(State.REVIEW), by=ofi, session_on=today - timedelta(days=1))
    with refused("petition.not_under_review"):
        actions.put_on_agenda(in_state(State.REACHED), by=ofi, session_on=today)
    with refused("petition.officers_only"):
        actions.put_on_agenda(in_state(State.REVIEW), by=mo, session_on=today)


@pytest.mark.parametrize("decision", Petition.Decision.values)
def test_decides(in_state, ofi, today, emitted, decision):
    petition = in_state(State.AGENDA, session_on=today)
    made = actions.decide(petition, by=ofi, decision=decision)
    assert made.state_at(database_clock.now()) == decision
    assert made.answer_due_on > today
    assert emitted == [PetitionDecided(made.pk, ofi.pk)]


def test_after_the_session_where_there_must_be_one(in_state, ofi, refused):
    with refused("petition.no_session"):
        actions.decide(in_state(State.REVIEW), by=ofi, decision=SUPPORTED)
    with refused("petition.session_ahead"):
        actions.decide(in_state(State.AGENDA), by=ofi, decision=SUPPORTED)
    alone = factories.procedure(plenary=False)
    assert actions.decide(in_state(State.REVIEW, procedure=alone), by=ofi, decision=SUPPORTED)


@pytest.mark.parametrize("state", other_than(State.REVIEW, State.AGENDA))
def test_decides_what_is_under_review(in_state, ofi, refused, state):
    with refused("petition.not_under_review"):
        actions.decide(in_state(state), by=ofi, decision=SUPPORTED)


def test_no_other_word_than_supported_or_not(in_state, ofi, today):
    petition = in_state(State.AGENDA, session_on=today)
    with pytest.raises(ValueError, match="perhaps"):
        actions.decide(petition, by=ofi, decision="perhaps")


@pytest.mark.parametrize("state", [State.SUPPORTED, State.NOT_SUPPORTED])
def test_answers(in_state, ofi, today, emitted, state):
    petition = in_state(state)
    made = actions.answer(
        petition,
        by=ofi,
        **ANSWER,
        steps=[("Закупити лавки", today + timedelta(days=9)), (" ", None), ("Поставити", None)],
    )
    petition.refresh_from_db()
    assert petition.state_at(database_clock.now()) == State.ANSWERED
    assert petition.answer == made
    assert [(step.text, step.due_on) for step in petition.steps.all()] == [
        ("Закупити лавки", today + timedelta(days=9)),
        ("Поставити", None),
    ]
    assert emitted == [PetitionAnswered(petition.pk, ofi.pk)]
    assert list(Petition.objects.answered()) == [petition]


@pytest.mark.parametrize(
    "state",
    other_than(State.SUPPORTED, State.NOT_SUPPORTED, State.NOT_REACHED, State.ANSWERED),
)
def test_answers_what_is_decided(in_state, ofi, refused, state):
    with refused("petition.not_decided"):
        actions.answer(in_state(state), by=ofi, **ANSWER)


def test_answers_once_whole_and_for_the_department(in_state, ofi, mo, stranger, refused):
    petition = in_state(State.SUPPORTED)
    for person in (mo, stranger):
        with refused("petition.officers_only"):
            actions.answer(petition, by=person, **ANSWER)
    for name in ANSWER:
        with refused("petition.answer_empty"):
            actions.answer(petition, by=ofi, **(ANSWER | {name: " "}))
    actions.answer(petition, by=ofi, **ANSWER)
    with refused("petition.answered_already"):
        actions.answer(petition, by=ofi, **ANSWER)


def test_promises_more_and_says_what_became_of_it(in_state, ofi, today, emitted):
    petition = in_state(State.ANSWERED)
    step = actions.promise(petition, by=ofi, text=" Полагодити ліхтарі ", due_on=today)
    assert step.text == "Полагодити ліхтарі"
    actions.note_step(step, by=ofi, note="Чекаємо на постачання.")
    step.refresh_from_db()
    assert step.done_on is None
    actions.note_step(step, by=ofi, done_on=today, note="Полагоджено.")
    step.refresh_from_db()
    assert (step.done_on, step.note) == (today, "Полагоджено.")
    assert emitted == [PetitionChanged(petition.pk, ofi.pk)] * 3


def test_no_empty_promise_and_no_day_to_come(in_state, ofi, mo, today, refused):
    with refused("petition.not_answered"):
        actions.promise(in_state(State.SUPPORTED), by=ofi, text="Полагодити")
    petition = in_state(State.ANSWERED)
    with refused("petition.step_empty"):
        actions.promise(petition, by=ofi, text=" ")
    with refused("petition.officers_only"):
        actions.promise(petition, by=mo, text="Полагодити")
    step = actions.promise(petition, by=ofi, text="Полагодити")
    with refused("petition.done_in_the_future"):
        actions.note_step(step, by=ofi, done_on=today + timedelta(days=1))
    with refused("petition.step_note_empty"):
        actions.note_step(step, by=ofi)
    with refused("petition.officers_only"):
        actions.note_step(step, by=mo, note="Полагоджено")


def test_budgets(in_state, ofi, department, today, django_assert_max_num_queries):
    reached = in_state(State.REACHED)
    ofi.grants_in_force  # noqa: B018 - read by whatever page she comes from
    with django_assert_max_num_queries(24):  # each with what is told of it
        actions.start_review(reached, by=ofi, department=department)
    with django_assert_max_num_queries(24):
        actions.put_on_agenda(reached, by=ofi, session_on=today)
    with django_assert_max_num_queries(24):
        actions.decide(reached, by=ofi, decision=SUPPORTED)
    with django_assert_max_num_queries(26):
        actions.answer(reached, by=ofi, **ANSWER, steps=[("Перший", None), ("Другий", None)])
